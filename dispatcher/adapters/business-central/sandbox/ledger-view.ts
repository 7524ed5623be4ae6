/** What a test wants to know about the books, beyond what the API shows. */
import type { Company, Journal, JournalLine, LedgerEntry, State } from './state.ts';
import { toOre } from './state.ts';

/** One company's books: drafts with hidden lines, and posted entries. */
export interface CompanyLedger {
  readonly id: string;
  readonly name: string;
  readonly journals: readonly Journal[];
  readonly entries: readonly LedgerEntry[];
  /** By document number, drafts and posted together: the sum of the debits, in kroner. */
  readonly debitByDocument: Readonly<Record<string, number>>;
}

/** All companies' books. */
export function ledgerOf(state: State): CompanyLedger[] {
  return state.map((company) => ({
    id: company.settings.id,
    name: company.settings.name,
    journals: company.journals,
    entries: company.entries,
    debitByDocument: debits(company),
  }));
}

/**
 * How many times a reference is in the books. It is looked for in document numbers (also those that
 * a posting series replaced) and external document numbers. Within one journal, or one posting, the
 * lines are added up in their order, and each time that the sum is back at zero a voucher is
 * complete; lines left over count as one more. So a claim booked once gives 1, the same lines under
 * other line numbers, in another journal or posted again give 2.
 */
export function effectsOf(state: State, reference: string): number {
  const wanted = reference.toUpperCase();
  let count = 0;
  for (const { journals, entries } of state) {
    for (const { lines } of journals) {
      const found = lines.filter((line) => isOf(line, wanted));
      count += vouchers(found.flatMap(amountsOf));
    }
    const postings = new Map<number, number[]>();
    for (const entry of entries) {
      if (!isOf(entry, wanted) && entry.originalDocumentNumber !== wanted) continue;
      const amounts = postings.get(entry.transactionNumber) ?? [];
      postings.set(entry.transactionNumber, [...amounts, entry.amount]);
    }
    for (const amounts of postings.values()) count += vouchers(amounts);
  }
  return count;
}

function isOf(
  record: { readonly documentNumber: string; readonly externalDocumentNumber: string },
  reference: string,
): boolean {
  return record.documentNumber === reference || record.externalDocumentNumber === reference;
}

function amountsOf(line: JournalLine): number[] {
  return line.balancingAccountNumber === '' ? [line.amount] : [line.amount, -line.amount];
}

function vouchers(amounts: readonly number[]): number {
  let [count, sum, isOpen] = [0, 0, false];
  for (const amount of amounts) {
    if (amount === 0) continue;
    sum += toOre(amount);
    isOpen = sum !== 0;
    if (!isOpen) count += 1;
  }
  return isOpen ? count + 1 : count;
}

function debits(company: Company): Record<string, number> {
  const sums = new Map<string, number>();
  const lines = company.journals.flatMap((journal) => journal.lines);
  for (const { documentNumber, amount } of [...lines, ...company.entries]) {
    if (amount > 0) sums.set(documentNumber, (sums.get(documentNumber) ?? 0) + toOre(amount));
  }
  return Object.fromEntries([...sums].map(([document, sum]) => [document, sum / 100]));
}
