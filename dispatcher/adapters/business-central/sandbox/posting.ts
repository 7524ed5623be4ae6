/** `Microsoft.NAV.post` on a journal: from lines to ledger entries (contract 2.4 and 7.7). */
import { randomUUID } from 'node:crypto';
import type { SandboxAnswer } from '../../../../sandbox/sandbox-server.ts';
import type { Api } from './api.ts';
import { noContent } from './api.ts';
import { dialogError, fieldError } from './errors.ts';
import type { Company, Journal, JournalLine, LedgerEntry } from './state.ts';
import { toOre } from './state.ts';

/** Posts the whole journal; throws an ApiError, and changes nothing, if a line is refused. */
export function postJournal(api: Api, company: Company, journal: Journal): SandboxAnswer {
  const lines = journal.lines.filter((line) => line.accountNumber !== '' || line.amount !== 0);
  if (lines.length === 0) throw dialogError('There is nothing to post.');
  for (const line of lines) checkLine(company, journal, line);
  checkBalance(lines);
  const posted = entriesOf(company, lines);
  const changed: Company = {
    ...company,
    entries: [...company.entries, ...posted.entries],
    nextPostingNumber: posted.nextPostingNumber,
  };
  api.store.putCompany({ ...changed, journals: journalsAfter(api, changed, journal) });
  return noContent();
}

function checkLine(company: Company, journal: Journal, line: JournalLine): void {
  const where = `Gen. Journal Line: Journal Template Name=${journal.template}, Journal Batch Name=${journal.code}, Line No.=${line.lineNumber}`;
  for (const [caption, value] of [
    ['Account No.', line.accountNumber],
    ['Document No.', line.documentNumber],
  ]) {
    if (value === '') {
      throw fieldError(`${caption} must have a value in ${where}. It cannot be zero or empty.`);
    }
  }
  const { allowedFrom, allowedTo } = company.settings;
  const isEarly = allowedFrom !== null && line.postingDate < allowedFrom;
  const isLate = allowedTo !== null && line.postingDate > allowedTo;
  if (isEarly || isLate) {
    throw dialogError(
      `Posting Date is not within your range of allowed posting dates in ${where}.`,
    );
  }
}

/** Each document must balance; a line with a balancing account does so by itself. */
function checkBalance(lines: readonly JournalLine[]): void {
  const sums = new Map<string, number>();
  for (const line of lines) {
    if (line.balancingAccountNumber !== '') continue;
    const sum = sums.get(line.documentNumber) ?? 0;
    sums.set(line.documentNumber, sum + toOre(line.amount));
  }
  for (const [documentNumber, sum] of sums) {
    if (sum !== 0) {
      throw dialogError(
        `Document No. ${documentNumber} is out of balance by ${(sum / 100).toFixed(2)}. Please check that Posting Date, Document Type, Document No. and Amount are correct for each line.`,
      );
    }
  }
}

function entriesOf(
  company: Company,
  lines: readonly JournalLine[],
): { entries: LedgerEntry[]; nextPostingNumber: string | null } {
  const entries: LedgerEntry[] = [];
  const transactionNumber = (company.entries.at(-1)?.transactionNumber ?? 0) + 1;
  let entryNumber = company.entries.at(-1)?.entryNumber ?? 0;
  let nextPostingNumber = company.nextPostingNumber;
  const replaced = new Map<string, string>();
  for (const line of lines) {
    // A posting series replaces the number of each document by its next one.
    if (nextPostingNumber !== null && !replaced.has(line.documentNumber)) {
      replaced.set(line.documentNumber, nextPostingNumber);
      nextPostingNumber = incrementText(nextPostingNumber) ?? nextPostingNumber;
    }
    const add = (accountNumber: string, amount: number) => {
      entryNumber += 1;
      entries.push({
        id: randomUUID(),
        entryNumber,
        transactionNumber,
        postingDate: line.postingDate,
        documentNumber: replaced.get(line.documentNumber) ?? line.documentNumber,
        originalDocumentNumber: line.documentNumber,
        externalDocumentNumber: line.externalDocumentNumber,
        accountNumber,
        description: line.description,
        amount,
        lastModifiedDateTime: new Date().toISOString(),
        dimensions: line.dimensions,
      });
    };
    if (line.amount === 0) continue;
    add(line.accountNumber, line.amount);
    if (line.balancingAccountNumber !== '') add(line.balancingAccountNumber, -line.amount);
  }
  return { entries, nextPostingNumber };
}

/** The journals once this one is posted: replaced by the next code, or emptied. */
function journalsAfter(api: Api, company: Company, journal: Journal): readonly Journal[] {
  const { incrementBatchName, noSeries } = company.settings;
  const next = incrementBatchName ? incrementText(journal.code) : null;
  const lastModifiedDateTime = new Date().toISOString();
  const version = api.store.nextVersion();
  if (next !== null && next.length <= 10) {
    const others = company.journals.filter(({ id }) => id !== journal.id);
    const isTaken = others.some(
      ({ template, code }) => template === journal.template && code === next,
    );
    const renamed = {
      ...journal,
      id: randomUUID(),
      version,
      code: next,
      lastModifiedDateTime,
      lines: [],
    };
    return isTaken ? others : [...others, renamed];
  }
  const lines = noSeries === null ? [blankLine(version, lastModifiedDateTime)] : [];
  const emptied = { ...journal, version, lastModifiedDateTime, lines };
  return company.journals.map((other) => (other.id === journal.id ? emptied : other));
}

/** What posting leaves in a batch without a number series (contract 2.4). */
function blankLine(version: number, lastModifiedDateTime: string): JournalLine {
  return {
    id: randomUUID(),
    version,
    lineNumber: 10_000,
    accountType: 'G/L Account',
    accountNumber: '',
    postingDate: lastModifiedDateTime.slice(0, 10),
    documentNumber: '',
    externalDocumentNumber: '',
    amount: 0,
    description: '',
    comment: '',
    taxCode: '',
    balanceAccountType: 'G/L Account',
    balancingAccountNumber: '',
    lastModifiedDateTime,
    dimensions: [],
  };
}

/** AL's IncStr: the last number in a text plus one, as wide as it was; null if there is none. */
export function incrementText(text: string): string | null {
  const match = /^(.*?)(\d+)(\D*)$/.exec(text);
  if (match === null) return null;
  const [, before = '', digits = '', after = ''] = match;
  return before + String(BigInt(digits) + 1n).padStart(digits.length, '0') + after;
}
