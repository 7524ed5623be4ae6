/** The ledger as tests look at it: texts only, whatever the switches say about forms. */
import type { ImportItem, JournalEntry, Ledger } from './ledger.ts';
import { formatAmount } from './values.ts';

export interface LineReport {
  readonly dbId: string;
  /** Which mutation brought it: 1, 2, … */
  readonly insertNo: number;
  readonly ownerDbId: string;
  readonly trRegNumber: number | null;
  readonly postedDate: string;
  readonly amount: string;
  readonly invoiceAmount: string;
  readonly text: string | null;
  readonly extIdentifier: string | null;
  readonly extOrderNumber: string | null;
  /** By the name of the member: its code. */
  readonly codes: Readonly<Record<string, string>>;
}

export interface ReferenceTotal {
  /** Open import items. */
  readonly items: number;
  /** Journal entries. */
  readonly entries: number;
  /** Vouchers: 2 if it was sent twice. */
  readonly effects: number;
  /** The sum of the positive amounts, open and booked. */
  readonly debit: string;
  /** The sum of all amounts, open and booked. */
  readonly balance: string;
}

export interface LedgerReport {
  /** Import items that are not booked. */
  readonly items: readonly LineReport[];
  readonly entries: readonly (LineReport & { readonly transactionNumber: number })[];
  readonly errors: readonly { dbId: string; message: string; transactionDbId: string }[];
  /** By extIdentifier. */
  readonly totals: Readonly<Record<string, ReferenceTotal>>;
}

/** What the ledger holds now. */
export function reportOf(ledger: Ledger): LedgerReport {
  const open = ledger.items.filter(({ isBooked }) => !isBooked);
  return {
    items: open.map(lineReport),
    entries: ledger.entries.map((entry) => ({
      ...lineReport(entry),
      transactionNumber: entry.header.transactionNumber,
    })),
    errors: ledger.errors.map(({ dbId, message, transactionDbId }) => ({
      dbId: String(dbId),
      message,
      transactionDbId: String(transactionDbId),
    })),
    totals: totalsOf(ledger, open),
  };
}

function lineReport(row: ImportItem | JournalEntry): LineReport {
  return {
    dbId: String(row.dbId),
    insertNo: row.insertNo,
    ownerDbId: String(row.owner.dbId),
    trRegNumber: row.trRegNumber,
    postedDate: row.postedDate,
    amount: formatAmount(row.amount),
    invoiceAmount: formatAmount(row.invoiceAmount),
    text: row.text,
    extIdentifier: row.extIdentifier,
    extOrderNumber: row.extOrderNumber,
    codes: Object.fromEntries(
      Object.entries(row.references).map(([field, { code }]) => [field, code]),
    ),
  };
}

function totalsOf(ledger: Ledger, open: readonly ImportItem[]): Record<string, ReferenceTotal> {
  const lines = [...open, ...ledger.entries];
  const references = new Set(lines.flatMap(({ extIdentifier }) => extIdentifier ?? []));
  return Object.fromEntries(
    [...references].map((reference) => {
      const isOfIt = (line: { extIdentifier: string | null }) => line.extIdentifier === reference;
      const amounts = lines.filter(isOfIt).map(({ amount }) => amount);
      const total = {
        items: open.filter(isOfIt).length,
        entries: ledger.entries.filter(isOfIt).length,
        effects: ledger.effects(reference),
        debit: formatAmount(sum(amounts.filter((amount) => amount > 0))),
        balance: formatAmount(sum(amounts)),
      };
      return [reference, total];
    }),
  );
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
