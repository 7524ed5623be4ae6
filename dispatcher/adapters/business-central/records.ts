/** What we read of Business Central's resources (contract 2.2, 2.3 and 7.6), and its filters. */
import { z } from 'zod';
import type { Api } from './api.ts';
import { ProblemError } from './problem-error.ts';
import { unreadable } from './read-answer.ts';
import type { Settings } from './settings.ts';

export const journalRow = z.object({
  id: z.guid(),
  code: z.string(),
  displayName: z.string().default(''),
});

const dimensionRow = z.object({
  id: z.guid(),
  code: z.string(),
  valueCode: z.string(),
});

export const lineRow = z.object({
  id: z.guid(),
  lineNumber: z.int(),
  accountNumber: z.string(),
  documentNumber: z.string(),
  externalDocumentNumber: z.string().default(''),
  amount: z.number(),
  balancingAccountNumber: z.string().optional(),
  dimensionSetLines: z.array(dimensionRow).default([]),
});

export const entryRow = z.object({
  id: z.guid(),
  documentNumber: z.string(),
  accountNumber: z.string(),
  debitAmount: z.number(),
  creditAmount: z.number(),
  dimensionSetLines: z.array(dimensionRow).optional(),
});

export type Dimension = z.output<typeof dimensionRow>;
export type Journal = z.output<typeof journalRow>;
export type JournalLine = z.output<typeof lineRow>;
export type LedgerEntry = z.output<typeof entryRow>;

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
  const { status, body } = await api.create('journals', journalBody(code, postingDate, settings));
  const parsed = journalRow.safeParse(body);
  if (!parsed.success || !sameCode(parsed.data.code, code)) {
    throw unreadable(status, 'journals: the answer is not our journal');
  }
  return parsed.data;
}

/** Our journal as it is created. */
export function journalBody(code: string, postingDate: string, settings: Settings): object {
  return {
    code,
    displayName: `${JOURNAL_NAME} ${postingDate}`,
    ...(settings.journal_template === undefined
      ? {}
      : { templateDisplayName: settings.journal_template }),
  };
}

/** What is read of a line. */
export const LINES = {
  $select:
    'id,lineNumber,accountNumber,documentNumber,externalDocumentNumber,amount,balancingAccountNumber',
  $expand: 'dimensionSetLines',
};

/** The lines of a journal, all or those of some documents, with their dimensions. */
export async function readLines(
  api: Api,
  journalId: string,
  documents?: readonly string[],
): Promise<JournalLine[]> {
  const path = `journals(${journalId})/journalLines`;
  const lines: JournalLine[] = [];
  try {
    if (documents === undefined) return await api.list(path, LINES, lineRow);
    for (const filter of filtersOf('documentNumber', documents)) {
      lines.push(...(await api.list(path, { $filter: filter, ...LINES }, lineRow)));
    }
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status !== 404) throw error;
    throw new ProblemError({ ...error.problem, kind: 'journal_gone' });
  }
  return lines;
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
    entries.push(...(await api.list('generalLedgerEntries', query, entryRow)));
  }
  return entries;
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
