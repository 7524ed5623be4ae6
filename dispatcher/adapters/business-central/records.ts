/** What we read of Business Central's resources (contract 2.2, 2.3 and 7.6), and its filters. */
import { z } from 'zod';
import type { Api } from './api.ts';
import { ProblemError } from './problem-error.ts';
import { readShape, unreadable } from './read-answer.ts';
import type { Settings } from './settings.ts';

export const journalRow = z.object({
  id: z.guid(),
  code: z.string(),
  displayName: z.string(),
  '@odata.etag': z.string().optional(),
});

const dimensionRow = z.object({
  id: z.guid(),
  code: z.string(),
  valueCode: z.string(),
});

/** The one type of account that we book on. */
export const GL_ACCOUNT = 'G/L Account';

/** What we ask for by name, the answer has to give; fields that we don't know are passed over. */
export const lineRow = z.object({
  id: z.guid(),
  lineNumber: z.int(),
  accountType: z.string().transform(decodeName),
  accountNumber: z.string(),
  documentNumber: z.string(),
  externalDocumentNumber: z.string(),
  amount: z.number(),
  balancingAccountNumber: z.string(),
  dimensionSetLines: z.array(dimensionRow),
});

export const entryRow = z.object({
  id: z.guid(),
  documentNumber: z.string(),
  accountNumber: z.string(),
  debitAmount: z.number(),
  creditAmount: z.number(),
});
const entryWithDimensions = entryRow.extend({ dimensionSetLines: z.array(dimensionRow) });

export type Dimension = z.output<typeof dimensionRow>;
export type Journal = z.output<typeof journalRow>;
export type JournalLine = z.output<typeof lineRow>;
export type LedgerEntry = z.output<typeof entryRow> & Partial<z.output<typeof entryWithDimensions>>;

/** Documents asked for in one filter: short enough for an address. */
const DOCUMENTS_PER_REQUEST = 20;

const JOURNAL_NAME = 'Travel expenses';

/**
 * Whether a journal is one that we made, for this run or another: ten letters (see `journalCode`)
 * under the name that we give. A person who renames it takes it over.
 */
export function isOurs({ code, displayName }: Journal): boolean {
  return /^[A-Z]{10}$/i.test(code) && displayName.startsWith(`${JOURNAL_NAME} `);
}

/** The name that our journal is made with. */
export function journalName(postingDate: string): string {
  return `${JOURNAL_NAME} ${postingDate}`;
}

/** Our journal, or null. Only the default template is searched unless another is named. */
export async function findJournal(
  api: Api,
  code: string,
  settings: Settings,
): Promise<Journal | null> {
  const template = settings.journal_template;
  const filter = [
    `code eq ${literal(code)}`,
    ...(template === undefined ? [] : [`templateDisplayName eq ${literal(template)}`]),
  ].join(' and ');
  const rows = await api.list('journals', { $filter: filter }, journalRow);
  return rows.find((row) => sameCode(row.code, code)) ?? null;
}

/**
 * Makes our journal. Its name is for people, and holds nothing of them.
 *
 * @throws ProblemError, with the code `Internal_EntityWithSameKeyExists` if it is there already
 */
export async function createJournal(
  api: Api,
  code: string,
  postingDate: string,
  settings: Settings,
): Promise<Journal> {
  const answer = await api.create('journals', journalBody(code, postingDate, settings));
  const journal = readShape(journalRow, answer, 'journals');
  if (!sameCode(journal.code, code)) {
    throw unreadable(answer.status, 'journals: code: expected the one that was sent');
  }
  return journal;
}

/** Gives our journal another name, unless somebody changed it since it was read. @throws ProblemError */
export async function renameJournal(api: Api, journal: Journal, name: string): Promise<void> {
  const answer = await ourJournal(() =>
    api.change(`journals(${journal.id})`, { displayName: name }, journal['@odata.etag']),
  );
  const renamed = readShape(journalRow, answer, 'journals');
  if (renamed.id !== journal.id || renamed.displayName !== name) {
    throw unreadable(answer.status, 'journals: displayName: expected the one that was sent');
  }
}

/** A 404 on our own journal is a question, never a pause (contract 2.4). */
async function ourJournal<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status !== 404) throw error;
    throw new ProblemError({ ...error.problem, kind: 'journal_gone' });
  }
}

/** Our journal as it is created. */
export function journalBody(code: string, postingDate: string, settings: Settings): object {
  return {
    code,
    displayName: journalName(postingDate),
    ...(settings.journal_template === undefined
      ? {}
      : { templateDisplayName: settings.journal_template }),
  };
}

/** What is read of a line. */
export const LINES = {
  $select:
    'id,lineNumber,accountType,accountNumber,documentNumber,externalDocumentNumber,amount,balancingAccountNumber',
  $expand: 'dimensionSetLines',
};

/** The lines of a journal, all or those of some documents, with their dimensions. */
export async function readLines(
  api: Api,
  journalId: string,
  documents?: readonly string[],
): Promise<JournalLine[]> {
  const path = `journals(${journalId})/journalLines`;
  return ourJournal(async () => {
    if (documents === undefined) return api.list(path, LINES, lineRow);
    const lines: JournalLine[] = [];
    for (const filter of filtersOf('documentNumber', documents)) {
      lines.push(...(await api.list(path, { $filter: filter, ...LINES }, lineRow)));
    }
    return lines;
  });
}

/** What is done to a journal to post all of it (contract 7.7). */
export const POST_ACTION = 'Microsoft.NAV.post';

/** Posts all that our journal holds. @throws ProblemError */
export function postAll(api: Api, journalId: string): Promise<void> {
  return ourJournal(() => api.act(`journals(${journalId})/${POST_ACTION}`));
}

/**
 * What is posted under some documents' numbers, by whatever journal.
 *
 * @param withDimensions reads them too; left out where it only matters that something is there
 */
export async function readEntries(
  api: Api,
  documents: readonly string[],
  withDimensions: boolean,
): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for (const filter of filtersOf('documentNumber', documents)) {
    const query = {
      $filter: filter,
      $select: 'id,documentNumber,accountNumber,debitAmount,creditAmount',
      // Microsoft's page on generalLedgerEntry (v2.0) lists this navigation; that it can be
      // expanded over a list is an assumption.
      ...(withDimensions ? { $expand: 'dimensionSetLines' } : {}),
    };
    const row: z.ZodType<LedgerEntry> = withDimensions ? entryWithDimensions : entryRow;
    entries.push(...(await api.list('generalLedgerEntries', query, row)));
  }
  return entries;
}

/** `G_x002F_L_x0020_Account` to `G/L Account`: names of enums come in either form (contract 2.3). */
function decodeName(name: string): string {
  return name.replaceAll(/_x([0-9a-f]{4})_/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** What posting leaves where a journal has no number series (contract 2.4). */
export function isBlank(line: JournalLine): boolean {
  return line.amount === 0 && line.accountNumber === '';
}

/** Codes are compared without case: Business Central stores them in upper case. */
export function sameCode(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}

/** Filters for documents, a few in each; `or` works on one field only (contract 2.6), which is all we need. */
export function filtersOf(field: string, documents: readonly string[]): string[] {
  const filters: string[] = [];
  for (let i = 0; i < documents.length; i += DOCUMENTS_PER_REQUEST) {
    const some = documents.slice(i, i + DOCUMENTS_PER_REQUEST);
    filters.push(some.map((number) => `${field} eq ${literal(number)}`).join(' or '));
  }
  return filters;
}

/** A text as filters take it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
