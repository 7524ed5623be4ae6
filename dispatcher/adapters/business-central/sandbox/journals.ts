/** `/companies({c})/journals` (contract 2.2 and 7.3). */
import { randomUUID } from 'node:crypto';
import type { SandboxAnswer } from '../../../../sandbox/sandbox-server.ts';
import { accountNumberOf } from './accounts.ts';
import type { Api, ApiRequest } from './api.ts';
import { allowMethods, bodyOf, checkIfMatch, created, noContent } from './api.ts';
import { JOURNAL, JOURNAL_LINE } from './entities.ts';
import { ApiError, sameKeyError } from './errors.ts';
import { parseFilter } from './odata-filter.ts';
import type { Expands } from './odata-query.ts';
import { answerRow, answerRows } from './odata-query.ts';
import { visibleLineRows } from './journal-lines.ts';
import { journalRow } from './rows.ts';
import type { Company, Journal } from './state.ts';
import type { Values } from './values.ts';
import { readValues, textOf } from './values.ts';

/** Lists and creates journals. */
export function journalSet(api: Api, request: ApiRequest, company: Company): SandboxAnswer {
  allowMethods(request, JOURNAL, ['GET', 'POST']);
  const context = `companies(${company.settings.id})/journals`;
  if (request.method === 'GET') {
    // Only the default template is searched, unless the filter speaks of templates.
    const filter = request.query.get('$filter');
    const isWide =
      filter !== null && parseFilter(filter, JOURNAL).fields.has('templateDisplayName');
    const rows = [...company.journals]
      .filter((journal) => isWide || journal.template === company.settings.templates[0])
      .sort((left, right) => (left.code < right.code ? -1 : 1))
      .map((journal) => journalRow(company, journal));
    return answerRows(api, request, context, JOURNAL, rows, expands(company));
  }
  const values = readValues(JOURNAL, bodyOf(request));
  const code = textOf(values, 'code') ?? '';
  if (code === '') {
    throw new ApiError(
      400,
      'BadRequest_RequiredParamNotProvided',
      "Field 'code' must not be blank or empty.",
    );
  }
  const template = templateOf(company, values);
  checkKey(company, template, code);
  const journal: Journal = {
    id: randomUUID(),
    version: api.store.nextVersion(),
    template,
    code,
    displayName: textOf(values, 'displayName') ?? '',
    balancingAccountNumber: balancingOf(company, values) ?? '',
    lastModifiedDateTime: new Date().toISOString(),
    lines: [],
  };
  api.store.putJournal(company.settings.id, journal);
  return created(request, context, journalRow(company, journal));
}

/** Reads, changes and deletes one journal; its lines go with it. */
export function journalEntity(
  api: Api,
  request: ApiRequest,
  company: Company,
  journal: Journal,
): SandboxAnswer {
  allowMethods(request, JOURNAL, ['GET', 'PATCH', 'DELETE']);
  const context = `companies(${company.settings.id})/journals`;
  if (request.method === 'GET') {
    const row = journalRow(company, journal);
    return answerRow(api, request, context, JOURNAL, row, expands(company));
  }
  checkIfMatch(request, journal.version);
  if (request.method === 'DELETE') {
    const journals = company.journals.filter((other) => other.id !== journal.id);
    api.store.putCompany({ ...company, journals });
    return noContent();
  }
  const values = readValues(JOURNAL, bodyOf(request));
  const code = textOf(values, 'code') ?? journal.code;
  const isMoved = textOf(values, 'templateDisplayName') !== undefined;
  const template = isMoved ? templateOf(company, values) : journal.template;
  if (code !== journal.code || template !== journal.template) checkKey(company, template, code);
  const changed: Journal = {
    ...journal,
    version: api.store.nextVersion(),
    template,
    code,
    displayName: textOf(values, 'displayName') ?? journal.displayName,
    balancingAccountNumber: balancingOf(company, values) ?? journal.balancingAccountNumber,
    lastModifiedDateTime: new Date().toISOString(),
  };
  api.store.putJournal(company.settings.id, changed);
  return answerRow(api, request, context, JOURNAL, journalRow(company, changed));
}

/** `$expand=journalLines`. */
function expands(company: Company): Expands {
  return {
    journalLines: {
      entity: JOURNAL_LINE,
      rows: (row) => {
        const journal = company.journals.find(({ id }) => id === row['id']);
        return journal === undefined ? [] : visibleLineRows(company, journal);
      },
    },
  };
}

function templateOf(company: Company, values: Values): string {
  const [standard] = company.settings.templates;
  const asked = textOf(values, 'templateDisplayName') ?? '';
  if (asked === '') return standard;
  const template = company.settings.templates.find((name) => name.toUpperCase() === asked);
  if (template !== undefined) return template;
  throw new ApiError(
    400,
    'Internal_InvalidTableRelation',
    `The field Journal Template Name of table Gen. Journal Batch contains a value (${asked}) that cannot be found in the related table (Gen. Journal Template).`,
  );
}

function checkKey(company: Company, template: string, code: string): void {
  const isTaken = company.journals.some(
    (journal) => journal.template === template && journal.code === code,
  );
  if (isTaken) {
    throw sameKeyError(JOURNAL.table, `Journal Template Name='${template}',Name='${code}'`);
  }
}

function balancingOf(company: Company, values: Values): string | undefined {
  return accountNumberOf(
    company.settings,
    'G/L Account',
    values,
    'balancingAccountId',
    'balancingAccountNumber',
  );
}
