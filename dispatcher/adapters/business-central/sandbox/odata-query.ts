/** `$filter`, `$orderby`, `$skip`, `$top`, `$count`, `$select`, `$expand` and pages (contract 7.6). */
import type { SandboxAnswer } from '../../../../sandbox/sandbox-server.ts';
import type { Api, ApiRequest, Drift } from './api.ts';
import { odataAnswer, withContext } from './api.ts';
import type { Entity } from './entities.ts';
import { ApiError, badRequest } from './errors.ts';
import type { Row } from './odata-filter.ts';
import { parseFilter, unknownProperty } from './odata-filter.ts';
import { encodeEnum } from './values.ts';

/** By the name of a navigation property: the rows that it leads to from a row. */
export type Expands = Readonly<
  Record<string, { readonly entity: Entity; readonly rows: (row: Row) => readonly Row[] }>
>;

/** The greatest page that may be asked for (contract 2.6). */
const MAX_PAGE_SIZE = 20_000;

const KNOWN_OPTIONS = [
  '$filter',
  '$orderby',
  '$skip',
  '$top',
  '$count',
  '$select',
  '$expand',
  '$skiptoken',
  '$schemaversion',
];

/** Answers a collection, whose rows come in their natural order. */
export function answerRows(
  api: Api,
  request: ApiRequest,
  context: string,
  entity: Entity,
  rows: readonly Row[],
  expands: Expands = {},
): SandboxAnswer {
  const { query } = request;
  checkOptions(query);
  const filter = query.get('$filter');
  const kept = filter === null ? [...rows] : rows.filter(parseFilter(filter, entity).test);
  sortRows(kept, query.get('$orderby'), entity);
  const skip = countOf(query, '$skip') ?? 0;
  const asked = kept.slice(skip, skip + (countOf(query, '$top') ?? kept.length));
  const start = countOf(query, '$skiptoken') ?? 0;
  const end = start + pageSize(api, request);
  const shape = shaper(api, query, entity, expands);
  const answer: Record<string, unknown> = {};
  if (query.get('$count') === 'true') answer['@odata.count'] = kept.length;
  answer['value'] = asked.slice(start, end).map(shape);
  if (end < asked.length) answer['@odata.nextLink'] = nextLink(request, end);
  return odataAnswer(200, withContext(request, context, answer));
}

/** Answers one row; `$select` and `$expand` count. */
export function answerRow(
  api: Api,
  request: ApiRequest,
  context: string,
  entity: Entity,
  row: Row,
  expands: Expands = {},
): SandboxAnswer {
  checkOptions(request.query);
  const shaped = shaper(api, request.query, entity, expands)(row);
  return odataAnswer(200, withContext(request, `${context}/$entity`, shaped));
}

/** A row with its enums in the form that the sandbox answers. */
export function encodeRow(api: Api, entity: Entity, row: Row): Row {
  if (api.settings.enumForm === 'plain') return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      entity.fields[name]?.type === 'enum' ? encodeEnum(String(value)) : value,
    ]),
  );
}

function shaper(
  api: Api,
  query: URLSearchParams,
  entity: Entity,
  expands: Expands,
): (row: Row) => Row {
  const selected = namesOf(query, '$select');
  for (const name of selected) {
    if (entity.fields[name] === undefined && expands[name] === undefined) {
      throw unknownProperty(name, entity);
    }
  }
  const expanded = namesOf(query, '$expand').map((name) => {
    const expand = expands[name];
    if (expand === undefined) throw unknownProperty(name, entity);
    return { name, ...expand };
  });
  return (row) => {
    const encoded = encodeRow(api, entity, row);
    const shaped: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(encoded)) {
      if (selected.length === 0 || name.startsWith('@odata.') || selected.includes(name)) {
        shaped[name] = value;
      }
    }
    for (const expand of expanded) {
      shaped[expand.name] = expand.rows(row).map((inner) => encodeRow(api, expand.entity, inner));
    }
    return drifted(shaped, api.drifts.get(entity.set));
  };
}

function drifted(row: Record<string, unknown>, drift: Drift | undefined): Row {
  if (drift === undefined) return row;
  const { removed = [], added = {}, retyped = [] } = drift;
  const kept = Object.entries(row).filter(([name]) => !removed.includes(name));
  return {
    ...Object.fromEntries(
      kept.map(([name, value]) => [name, retyped.includes(name) ? String(value) : value]),
    ),
    ...added,
  };
}

function checkOptions(query: URLSearchParams): void {
  for (const name of query.keys()) {
    if (name.startsWith('$') && !KNOWN_OPTIONS.includes(name)) {
      throw badRequest(`The query parameter '${name}' is not supported.`);
    }
  }
}

function namesOf(query: URLSearchParams, option: string): string[] {
  const names = (query.get(option) ?? '').split(',').map((name) => name.trim());
  return names.filter((name) => name !== '' && name !== '*');
}

function countOf(query: URLSearchParams, option: string): number | null {
  const text = query.get(option);
  if (text === null) return null;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`Invalid value '${text}' for ${option}.`);
  return Number(text);
}

function sortRows(rows: Row[], orderBy: string | null, entity: Entity): void {
  if (orderBy === null || orderBy.trim() === '') return;
  const keys = orderBy.split(',').map((part) => {
    const [name = '', direction = 'asc', ...rest] = part.trim().split(/\s+/);
    if (entity.fields[name] === undefined) throw unknownProperty(name, entity);
    if (!['asc', 'desc'].includes(direction) || rest.length > 0) {
      throw badRequest(`Syntax error in '${orderBy}'.`);
    }
    return { name, sign: direction === 'asc' ? 1 : -1 };
  });
  rows.sort((left, right) => {
    for (const { name, sign } of keys) {
      const [a, b] = [left[name] as string | number, right[name] as string | number];
      if (a !== b) return a < b ? -sign : sign;
    }
    return 0;
  });
}

function pageSize(api: Api, request: ApiRequest): number {
  const match = /(?:^|[\s,;])(?:odata\.)?maxpagesize\s*=\s*"?(\d+)/i.exec(
    request.headers['prefer'] ?? '',
  );
  const asked = match === null ? 0 : Number(match[1]);
  if (asked > MAX_PAGE_SIZE) {
    // The code is assumed.
    throw new ApiError(413, 'BadRequest', `The page size must not exceed ${MAX_PAGE_SIZE}.`);
  }
  return asked === 0 ? api.settings.pageSize : Math.min(asked, api.settings.pageSize);
}

function nextLink(request: ApiRequest, start: number): string {
  const path = request.segments
    .map(({ name, key }) => (key === null ? name : `${name}(${key})`))
    .join('/');
  const query = [...request.query].filter(([name]) => name !== '$skiptoken');
  const text = [...query, ['$skiptoken', String(start)] as const]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return `${request.base}/${path}?${text}`;
}
