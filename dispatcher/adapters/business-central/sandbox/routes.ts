/** From an address to the resource that answers; single requests and `$batch` share it. */
import type { SandboxAnswer } from '../../../../sandbox/sandbox-server.ts';
import type { Api, ApiRequest, Segment } from './api.ts';
import { allowMethods, bodyOf, resourceNotFound } from './api.ts';
import { entryDimensions, lineDimensions } from './dimension-set-lines.ts';
import type { Entity } from './entities.ts';
import {
  ACCOUNT,
  COMPANY,
  DIMENSION,
  DIMENSION_SET_LINE,
  DIMENSION_VALUE,
  JOURNAL,
  JOURNAL_LINE,
  LEDGER_ENTRY,
  TAX_GROUP,
} from './entities.ts';
import { ApiError, dialogError, methodNotAllowed, recordNotFound } from './errors.ts';
import { isVisible, lineEntity, lineSet } from './journal-lines.ts';
import { journalEntity, journalSet } from './journals.ts';
import type { Row } from './odata-filter.ts';
import type { Expands } from './odata-query.ts';
import { answerRow, answerRows } from './odata-query.ts';
import { postJournal } from './posting.ts';
import {
  accountRows,
  companyRow,
  dimensionRows,
  dimensionSetRows,
  dimensionValueRows,
  ledgerEntryRow,
  taxGroupRows,
} from './rows.ts';
import type { Company, Journal, JournalLine } from './state.ts';
import { isGuid } from './values.ts';

/** Splits an address below the base; throws an ApiError with status 404 for a key that is no GUID. */
export function segmentsOf(path: string): Segment[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^([^()]+)(?:\(([^()]*)\))?$/.exec(part);
      if (match === null) throw resourceNotFound(part);
      const [, name = '', key] = match;
      if (key !== undefined && !isGuid(key)) {
        throw new ApiError(404, 'BadRequest_NotFound', 'Bad Request - Error in query syntax');
      }
      return { name, key: key?.toLowerCase() ?? null };
    });
}

/** Answers a request; throws an ApiError, and changes nothing, if it is refused. */
export function route(api: Api, request: ApiRequest): SandboxAnswer {
  const [first, second, ...rest] = request.segments;
  if (first?.name !== 'companies') throw resourceNotFound(first?.name ?? '');
  if (first.key === null) {
    if (second !== undefined) throw resourceNotFound(second.name);
    const rows = api.store.snapshot().map(companyRow);
    return readOnly(api, request, 'companies', COMPANY, null, rows);
  }
  const company = api.store.company(first.key);
  if (company === undefined) {
    // The status is assumed.
    throw new ApiError(
      404,
      'Internal_CompanyNotFound',
      "Can't process the request because the company can't be found.",
    );
  }
  if (second === undefined) {
    return readOnly(api, request, 'companies', COMPANY, first.key, [companyRow(company)]);
  }
  const below = `companies(${company.settings.id})`;
  switch (second.name) {
    case 'journals':
      return journals(api, request, company, second, rest);
    case 'journalLines':
      return flatLines(api, request, company, second, rest);
    case 'generalLedgerEntries':
      return ledgerEntries(api, request, company, second, rest);
    case 'accounts':
      end(rest);
      return readOnly(
        api,
        request,
        `${below}/accounts`,
        ACCOUNT,
        second.key,
        accountRows(company.settings),
      );
    case 'taxGroups':
      end(rest);
      return readOnly(
        api,
        request,
        `${below}/taxGroups`,
        TAX_GROUP,
        second.key,
        taxGroupRows(company.settings),
      );
    case 'dimensions':
      return dimensions(api, request, company, second, rest);
    default:
      throw resourceNotFound(second.name);
  }
}

function journals(
  api: Api,
  request: ApiRequest,
  company: Company,
  { key }: Segment,
  [third, ...rest]: readonly Segment[],
): SandboxAnswer {
  if (key === null) {
    if (third !== undefined) throw resourceNotFound(third.name);
    return journalSet(api, request, company);
  }
  const journal = company.journals.find(({ id }) => id === key);
  if (journal === undefined) throw recordNotFound(JOURNAL.table, key);
  if (third === undefined) return journalEntity(api, request, company, journal);
  // The name of the action is not case sensitive (contract 2.2).
  if (third.name.toLowerCase() === 'microsoft.nav.post') {
    end(rest);
    if (request.method !== 'POST') throw methodNotAllowed(request.method, third.name);
    return postJournal(api, company, journal);
  }
  if (third.name !== 'journalLines') throw resourceNotFound(third.name);
  if (third.key !== null) {
    const line = journal.lines.find(({ id }) => id === third.key);
    return oneLine(api, request, company, journal, line, third.key, rest);
  }
  end(rest);
  return lineSet(api, request, company, journal);
}

/** Lines without their journal in the address: one by its id, or an insert that names the journal. */
function flatLines(
  api: Api,
  request: ApiRequest,
  company: Company,
  { key }: Segment,
  rest: readonly Segment[],
): SandboxAnswer {
  if (key === null) {
    end(rest);
    allowMethods(request, JOURNAL_LINE, ['GET', 'POST']);
    const body = request.method === 'POST' ? bodyOf(request) : null;
    const journalId = (body as { journalId?: unknown } | null)?.journalId;
    const journal = company.journals.find(({ id }) => id === journalId);
    if (journal !== undefined) return lineSet(api, request, company, journal);
    throw dialogError('You must specify a journal batch ID or a journal ID to get a journal line.');
  }
  for (const journal of company.journals) {
    const line = journal.lines.find(({ id }) => id === key);
    if (line !== undefined) return oneLine(api, request, company, journal, line, key, rest);
  }
  throw recordNotFound(JOURNAL_LINE.table, key);
}

function oneLine(
  api: Api,
  request: ApiRequest,
  company: Company,
  journal: Journal,
  line: JournalLine | undefined,
  key: string,
  [next, ...rest]: readonly Segment[],
): SandboxAnswer {
  if (line === undefined || !isVisible(line)) throw recordNotFound(JOURNAL_LINE.table, key);
  if (next === undefined) return lineEntity(api, request, company, journal, line);
  if (next.name !== 'dimensionSetLines') throw resourceNotFound(next.name);
  end(rest);
  return lineDimensions(api, request, company, journal, line, next.key);
}

function ledgerEntries(
  api: Api,
  request: ApiRequest,
  company: Company,
  { name, key }: Segment,
  [next, ...rest]: readonly Segment[],
): SandboxAnswer {
  const find = (id: unknown) => company.entries.find((entry) => entry.id === id);
  if (next !== undefined) {
    const entry = find(key);
    if (key === null || next.name !== 'dimensionSetLines') throw resourceNotFound(next.name);
    if (entry === undefined) throw recordNotFound(LEDGER_ENTRY.table, key);
    end(rest);
    return entryDimensions(api, request, company, entry);
  }
  const rows = company.entries.map((entry) => ledgerEntryRow(company, entry));
  return readOnly(
    api,
    request,
    `companies(${company.settings.id})/${name}`,
    LEDGER_ENTRY,
    key,
    rows,
    {
      dimensionSetLines: {
        entity: DIMENSION_SET_LINE,
        rows: (row) => {
          const entry = find(row['id']);
          if (entry === undefined) return [];
          const { id, entryNumber } = entry;
          return dimensionSetRows(
            company,
            'General Ledger Entry',
            id,
            entryNumber,
            entry.dimensions,
          );
        },
      },
    },
  );
}

function dimensions(
  api: Api,
  request: ApiRequest,
  company: Company,
  { key }: Segment,
  [next, ...rest]: readonly Segment[],
): SandboxAnswer {
  const valueRows = (id: unknown) => {
    const dimension = company.settings.dimensions.find((other) => other.id === id);
    return dimension === undefined ? null : dimensionValueRows(dimension);
  };
  const context = `companies(${company.settings.id})/dimensions`;
  if (next === undefined) {
    return readOnly(api, request, context, DIMENSION, key, dimensionRows(company.settings), {
      dimensionValues: { entity: DIMENSION_VALUE, rows: (row) => valueRows(row['id']) ?? [] },
    });
  }
  if (key === null || next.name !== 'dimensionValues') throw resourceNotFound(next.name);
  end(rest);
  const rows = valueRows(key);
  if (rows === null) throw recordNotFound(DIMENSION.table, key);
  const below = `${context}(${key})/dimensionValues`;
  return readOnly(api, request, below, DIMENSION_VALUE, next.key, rows);
}

function readOnly(
  api: Api,
  request: ApiRequest,
  context: string,
  entity: Entity,
  key: string | null,
  rows: readonly Row[],
  expands: Expands = {},
): SandboxAnswer {
  allowMethods(request, entity, ['GET']);
  if (key === null) return answerRows(api, request, context, entity, rows, expands);
  const row = rows.find((other) => other['id'] === key);
  if (row === undefined) throw recordNotFound(entity.table, key);
  return answerRow(api, request, context, entity, row, expands);
}

function end(rest: readonly Segment[]): void {
  const [first] = rest;
  if (first !== undefined) throw resourceNotFound(first.name);
}
