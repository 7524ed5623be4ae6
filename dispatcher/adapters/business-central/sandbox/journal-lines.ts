/** `/companies({c})/journals({j})/journalLines` (contract 2.2 to 2.4 and 7.4). */
import { randomUUID } from 'node:crypto';
import type { SandboxAnswer } from '../../../../sandbox/sandbox-server.ts';
import { accountNumberOf } from './accounts.ts';
import type { Api, ApiRequest } from './api.ts';
import { allowMethods, bodyOf, checkIfMatch, created, noContent } from './api.ts';
import { ACCOUNT_TYPES, DIMENSION_SET_LINE, JOURNAL_LINE } from './entities.ts';
import { dialogError, sameKeyError } from './errors.ts';
import type { Row } from './odata-filter.ts';
import type { Expands } from './odata-query.ts';
import { answerRow, answerRows, encodeRow } from './odata-query.ts';
import { dimensionSetRows, journalLineRow } from './rows.ts';
import type { Company, Journal, JournalLine } from './state.ts';
import type { Values } from './values.ts';
import { numberOf, readValues, textOf } from './values.ts';

/** Lists the lines that the API shows, and inserts a line. */
export function lineSet(
  api: Api,
  request: ApiRequest,
  company: Company,
  journal: Journal,
): SandboxAnswer {
  allowMethods(request, JOURNAL_LINE, ['GET', 'POST']);
  const context = `companies(${company.settings.id})/journals(${journal.id})/journalLines`;
  if (request.method === 'GET') {
    const rows = visibleLineRows(company, journal);
    return answerRows(api, request, context, JOURNAL_LINE, rows, expands(company, journal));
  }
  const values = readValues(JOURNAL_LINE, bodyOf(request));
  const last = journal.lines.at(-1);
  // Business Central takes what is missing from the line before (contract 2.4). Which fields these
  // are is assumed: all that don't make the line what it is.
  const start: JournalLine = {
    id: randomUUID(),
    version: 0,
    lineNumber: (last?.lineNumber ?? 0) + 10_000,
    accountType: last?.accountType ?? 'G/L Account',
    accountNumber: '',
    postingDate: last?.postingDate ?? new Date().toISOString().slice(0, 10),
    documentNumber: last?.documentNumber ?? company.settings.noSeries ?? '',
    externalDocumentNumber: last?.externalDocumentNumber ?? '',
    amount: 0,
    description: last?.description ?? '',
    comment: last?.comment ?? '',
    taxCode: last?.taxCode ?? '',
    balanceAccountType: last?.balanceAccountType ?? 'G/L Account',
    balancingAccountNumber: journal.balancingAccountNumber,
    lastModifiedDateTime: '',
    dimensions: [],
  };
  const line = written(api, company, journal, start, values);
  putLine(api, company, journal, line);
  return created(
    request,
    context,
    encodeRow(api, JOURNAL_LINE, journalLineRow(company, journal, line)),
  );
}

/** Reads, changes and deletes one line. */
export function lineEntity(
  api: Api,
  request: ApiRequest,
  company: Company,
  journal: Journal,
  line: JournalLine,
): SandboxAnswer {
  allowMethods(request, JOURNAL_LINE, ['GET', 'PATCH', 'DELETE']);
  const context = `companies(${company.settings.id})/journals(${journal.id})/journalLines`;
  if (request.method === 'GET') {
    const row = journalLineRow(company, journal, line);
    return answerRow(api, request, context, JOURNAL_LINE, row, expands(company, journal));
  }
  checkIfMatch(request, line.version);
  if (request.method === 'DELETE') {
    const lines = journal.lines.filter((other) => other.id !== line.id);
    api.store.putJournal(company.settings.id, { ...journal, lines });
    return noContent();
  }
  const values = readValues(JOURNAL_LINE, bodyOf(request));
  const changed = written(api, company, journal, line, values);
  putLine(api, company, journal, changed);
  const row = journalLineRow(company, journal, changed);
  return answerRow(api, request, context, JOURNAL_LINE, row);
}

/** The rows that a GET shows: account types 0 to 3 only (contract 2.4). */
export function visibleLineRows(company: Company, journal: Journal): Row[] {
  return journal.lines.filter(isVisible).map((line) => journalLineRow(company, journal, line));
}

/** Whether the API shows a line; others are stored, and posted with the rest. */
export function isVisible(line: JournalLine): boolean {
  return ACCOUNT_TYPES.slice(0, 4).some((type) => type === line.accountType);
}

/** Keeps a line in its journal, in the order of the line numbers. */
export function putLine(api: Api, company: Company, journal: Journal, line: JournalLine): void {
  const lines = [...journal.lines.filter((other) => other.id !== line.id), line];
  lines.sort((left, right) => left.lineNumber - right.lineNumber);
  api.store.putJournal(company.settings.id, { ...journal, lines });
}

/** The line with the values put in; throws an ApiError if they are refused. */
function written(
  api: Api,
  company: Company,
  journal: Journal,
  line: JournalLine,
  values: Values,
): JournalLine {
  const journalId = textOf(values, 'journalId');
  if (journalId !== undefined && journalId !== journal.id) {
    throw dialogError("The Journal Batch Id isn't editable.");
  }
  if (textOf(values, 'journalDisplayName') !== undefined) {
    throw dialogError("The Journal Batch Display Name isn't editable.");
  }
  const accountType = textOf(values, 'accountType') ?? line.accountType;
  const balanceAccountType = textOf(values, 'balanceAccountType') ?? line.balanceAccountType;
  const { settings } = company;
  const accountNumber =
    accountNumberOf(settings, accountType, values, 'accountId', 'accountNumber') ??
    line.accountNumber;
  const balancingAccountNumber =
    accountNumberOf(
      settings,
      balanceAccountType,
      values,
      'balancingAccountId',
      'balancingAccountNumber',
    ) ?? line.balancingAccountNumber;
  const lineNumber = numberOf(values, 'lineNumber') || line.lineNumber;
  const isTaken = journal.lines.some(
    (other) => other.lineNumber === lineNumber && other.id !== line.id,
  );
  if (isTaken) {
    throw sameKeyError(
      JOURNAL_LINE.table,
      `Journal Template Name='${journal.template}',Journal Batch Name='${journal.code}',Line No.='${lineNumber}'`,
    );
  }
  return {
    ...line,
    version: api.store.nextVersion(),
    lineNumber,
    accountType,
    accountNumber,
    postingDate: textOf(values, 'postingDate') ?? line.postingDate,
    // A blank document number counts as missing (contract 2.3).
    documentNumber: textOf(values, 'documentNumber') || line.documentNumber,
    externalDocumentNumber: textOf(values, 'externalDocumentNumber') ?? line.externalDocumentNumber,
    amount: numberOf(values, 'amount') ?? line.amount,
    description: textOf(values, 'description') ?? line.description,
    comment: textOf(values, 'comment') ?? line.comment,
    taxCode: textOf(values, 'taxCode') ?? line.taxCode,
    balanceAccountType,
    balancingAccountNumber,
    lastModifiedDateTime: new Date().toISOString(),
  };
}

/** `$expand=dimensionSetLines`. */
function expands(company: Company, journal: Journal): Expands {
  return {
    dimensionSetLines: {
      entity: DIMENSION_SET_LINE,
      rows: (row) => {
        const line = journal.lines.find(({ id }) => id === row['id']);
        if (line === undefined) return [];
        return dimensionSetRows(company, 'Journal Line', line.id, line.version, line.dimensions);
      },
    },
  };
}
