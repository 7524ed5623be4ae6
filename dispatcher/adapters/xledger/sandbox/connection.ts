/** Filters and pages of the read queries (Xledger contract 3.3). */
import { invalidValue } from './errors.ts';
import type { Entity } from './references.ts';
import { isWithin } from './references.ts';
import type { Switches } from './switches.ts';
import { parseFilterTime } from './values.ts';

/** Confirmed as the most that one query gives (contract 3.1). */
const MOST_RECORDS = 10_000;
/** What a query without `first` and `last` gives: assumed. */
const DEFAULT_RECORDS = 100;

export interface Filter {
  readonly AND?: readonly Filter[] | null;
  readonly OR?: readonly Filter[] | null;
  readonly [name: string]: unknown;
}

export interface PageArgs {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
  readonly ownerSet?: 'CURRENT' | 'UPPER' | 'LOWER' | 'MINE' | 'ALL' | null;
  readonly objectStatus?: 'ALL' | 'OPEN' | 'CLOSED' | null;
  readonly filter?: Filter | null;
}

interface Node {
  readonly dbId: string | number;
}

/** Whether a node is one that the filter asks for; conditions side by side must all hold. */
export function matches(node: object, filter: Filter): boolean {
  return Object.entries(filter).every(([name, wanted]) => {
    if (wanted === null || wanted === undefined) return true;
    if (name === 'AND') return (wanted as Filter[]).every((part) => matches(node, part));
    if (name === 'OR') return (wanted as Filter[]).some((part) => matches(node, part));
    const [, field = name, operator = ''] = /^(.+?)(?:_(in|gte|lte|gt|lt))?$/.exec(name) ?? [];
    return holds((node as Record<string, unknown>)[field], operator, wanted, name);
  });
}

function holds(value: unknown, operator: string, wanted: unknown, name: string): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const text = String(value);
  if (operator === '') return text === String(wanted);
  if (operator === 'in') return (wanted as unknown[]).map(String).includes(text);
  const limit = parseFilterTime(String(wanted));
  if (limit === null) throw invalidValue(`${name}: '${String(wanted)}' is not a valid time.`);
  if (operator === 'gte') return text >= limit;
  if (operator === 'lte') return text <= limit;
  return operator === 'gt' ? text > limit : text < limit;
}

/**
 * Whether rows of `owner` are in the owner set, seen from the token's entity. CURRENT without a set,
 * MINE as LOWER, ALL as UPPER and LOWER together: assumed.
 */
export function isInOwnerSet(owner: Entity, entity: Entity, set: PageArgs['ownerSet']): boolean {
  const isLower = isWithin(owner, entity);
  const isUpper = isWithin(entity, owner);
  if (set === 'ALL') return isLower || isUpper;
  if (set === 'LOWER' || set === 'MINE') return isLower;
  return set === 'UPPER' ? isUpper : owner.dbId === entity.dbId;
}

/**
 * One page of nodes that are sorted by dbId. The cursor is the dbId as text; `edges` is null if
 * nothing is found (contract 3.3), or the whole connection, by the switch `nullConnection`.
 */
export function pageOf<T extends Node>(
  nodes: readonly T[],
  args: PageArgs,
  switches: Pick<Switches, 'pageSize' | 'nullConnection'>,
) {
  const first = countOf('first', args.first);
  const last = countOf('last', args.last);
  const after = cursorOf('after', args.after);
  const before = cursorOf('before', args.before);
  const between = nodes.filter(
    ({ dbId }) =>
      (after === null || Number(dbId) > after) && (before === null || Number(dbId) < before),
  );
  const isFromEnd = first === null && last !== null;
  const size = Math.min(first ?? last ?? DEFAULT_RECORDS, switches.pageSize);
  const start = isFromEnd ? Math.max(between.length - size, 0) : 0;
  const page = between.slice(start, start + size);
  if (page.length === 0 && switches.nullConnection) return null;
  const place = page[0] === undefined ? 0 : nodes.indexOf(page[0]);
  return {
    edges: page.length === 0 ? null : page.map((node) => ({ cursor: String(node.dbId), node })),
    pageInfo: {
      hasNextPage: page.length > 0 && place + page.length < nodes.length,
      hasPreviousPage: page.length > 0 && place > 0,
    },
  };
}

function countOf(name: string, value: number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  if (value < 0 || value > MOST_RECORDS) {
    throw invalidValue(`${name}: ${value} is not between 0 and ${MOST_RECORDS}.`);
  }
  return value;
}

function cursorOf(name: string, value: string | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  if (!/^\d+$/.test(value)) throw invalidValue(`${name}: '${value}' is not a valid cursor.`);
  return Number(value);
}
