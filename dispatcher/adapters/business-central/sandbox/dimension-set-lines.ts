/**
 * `…/journalLines({l})/dimensionSetLines` (contract 2.2). The texts are those of the AL page; that
 * they come with Application_DialogException, as all of AL's own errors do, is assumed.
 */
import type { SandboxAnswer } from '../../../../sandbox/sandbox-server.ts';
import type { Api, ApiRequest } from './api.ts';
import { allowMethods, bodyOf, checkIfMatch, created, noContent } from './api.ts';
import { DIMENSION_SET_LINE } from './entities.ts';
import { ApiError, dialogError, recordNotFound } from './errors.ts';
import { answerRow, answerRows, encodeRow } from './odata-query.ts';
import { putLine } from './journal-lines.ts';
import type { Dimension, DimensionValue } from './options.ts';
import { dimensionSetRows } from './rows.ts';
import type { Company, Journal, JournalLine, LedgerEntry } from './state.ts';
import type { Values } from './values.ts';
import { readValues, textOf } from './values.ts';

/** Answers below a journal line; `key` is a dimension's id, null for the collection. */
export function lineDimensions(
  api: Api,
  request: ApiRequest,
  company: Company,
  journal: Journal,
  line: JournalLine,
  key: string | null,
): SandboxAnswer {
  const context = `companies(${company.settings.id})/journalLines(${line.id})/dimensionSetLines`;
  const rows = (of: JournalLine) =>
    dimensionSetRows(company, 'Journal Line', of.id, of.version, of.dimensions);
  const put = (dimensions: JournalLine['dimensions']) => {
    const changed = { ...line, version: api.store.nextVersion(), dimensions };
    putLine(api, company, journal, changed);
    return changed;
  };
  if (key === null) {
    allowMethods(request, DIMENSION_SET_LINE, ['GET', 'POST']);
    if (request.method === 'GET') {
      return answerRows(api, request, context, DIMENSION_SET_LINE, rows(line));
    }
    const values = readValues(DIMENSION_SET_LINE, bodyOf(request));
    const dimension = dimensionOf(company, values);
    const value = valueOf(dimension, values);
    if (line.dimensions.some(({ code }) => code === dimension.code)) {
      // Assumed: the code. The AL page raises this text as an error of its own, for which
      // Application_DialogException would be as likely; clients must not depend on either.
      throw new ApiError(
        400,
        'Internal_EntityWithSameKeyExists',
        'The dimension set line already exists. Check existing dimension set lines and the default dimension set lines on the parent.',
      );
    }
    const changed = put([...line.dimensions, { code: dimension.code, value: value.code }]);
    const row = rows(changed).find(({ id }) => id === dimension.id) ?? {};
    return created(request, context, encodeRow(api, DIMENSION_SET_LINE, row));
  }
  allowMethods(request, DIMENSION_SET_LINE, ['GET', 'PATCH', 'DELETE']);
  const dimension = company.settings.dimensions.find(({ id }) => id === key);
  const held = line.dimensions.find(({ code }) => code === dimension?.code);
  if (dimension === undefined || held === undefined) {
    throw recordNotFound(DIMENSION_SET_LINE.table, key);
  }
  const answer = (of: JournalLine) => {
    const row = rows(of).find(({ id }) => id === key) ?? {};
    return answerRow(api, request, context, DIMENSION_SET_LINE, row);
  };
  if (request.method === 'GET') return answer(line);
  checkIfMatch(request, line.version);
  const others = line.dimensions.filter((other) => other !== held);
  if (request.method === 'DELETE') {
    put(others);
    return noContent();
  }
  const values = readValues(DIMENSION_SET_LINE, bodyOf(request));
  const [id, code] = [textOf(values, 'id'), textOf(values, 'code')];
  if ((id !== undefined && id !== key) || (code !== undefined && code !== held.code)) {
    throw dialogError('The "id" and "code" fields cannot be modified.');
  }
  return answer(put([...others, { code: held.code, value: valueOf(dimension, values).code }]));
}

/** Answers below a posted entry, where dimensions can only be read. */
export function entryDimensions(
  api: Api,
  request: ApiRequest,
  company: Company,
  entry: LedgerEntry,
): SandboxAnswer {
  allowMethods(request, DIMENSION_SET_LINE, ['GET']);
  const context = `companies(${company.settings.id})/generalLedgerEntries(${entry.id})/dimensionSetLines`;
  const rows = dimensionSetRows(
    company,
    'General Ledger Entry',
    entry.id,
    entry.entryNumber,
    entry.dimensions,
  );
  return answerRows(api, request, context, DIMENSION_SET_LINE, rows);
}

function dimensionOf(company: Company, values: Values): Dimension {
  const [id, code] = [textOf(values, 'id'), textOf(values, 'code')];
  if (id === undefined && (code ?? '') === '') {
    throw dialogError('The "id" or "code" field must be filled in.');
  }
  const { dimensions } = company.settings;
  const found = dimensions.find((dimension) =>
    id === undefined ? dimension.code === code : dimension.id === id,
  );
  if (found === undefined) {
    const field = id === undefined ? 'code' : 'id';
    throw dialogError(`The "${field}" does not match to a Dimension.`);
  }
  if (code !== undefined && found.code !== code) {
    throw dialogError('The dimension field values do not match to a specific Dimension.');
  }
  return found;
}

function valueOf(dimension: Dimension, values: Values): DimensionValue {
  const [id, code] = [textOf(values, 'valueId'), textOf(values, 'valueCode')];
  if (id === undefined && (code ?? '') === '') {
    throw dialogError('The "valueId" or "valueCode" field must be filled in.');
  }
  const found = dimension.values.find((value) =>
    id === undefined ? value.code === code : value.id === id,
  );
  if (found === undefined) {
    const field = id === undefined ? 'valueCode' : 'valueId';
    throw dialogError(`The "${field}" does not match to a Dimension Value.`);
  }
  if (code !== undefined && found.code !== code) {
    throw dialogError(
      'The values of the "dimensionCode" field and the "dimensionId" field do not refer to the same Dimension Value.',
    );
  }
  return found;
}
