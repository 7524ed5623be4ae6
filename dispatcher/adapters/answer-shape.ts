/**
 * The shape of what a remote answers: paths and types, never values. Pure.
 *
 * A path names members by their names, joined by dots; `[]` stands for the elements of a list, the
 * empty path for what was answered as a whole.
 */
import { z } from 'zod';

/** By path: the types that were met there, sorted. */
export type Shape = Readonly<Record<string, readonly string[]>>;

/**
 * By path: the types that we take, `undefined` among them for what may be missing; null: whatever it
 * was before.
 */
export type Needs = Readonly<Record<string, readonly string[] | null>>;

/** A remote's own data could stand as names of members: such names aren't kept. */
const PLAIN_NAME = /^[@A-Za-z_$][\w.@$-]{0,63}$/;
/** More paths than any answer of ours has. */
const MOST_PATHS = 500;

/** The shape that some answers, or rows of one, have together. */
export function shapeOf(answers: readonly unknown[]): Shape {
  const types = new Map<string, Set<string>>();
  for (const answer of answers) note(types, '', answer);
  return Object.fromEntries([...types].map(([path, met]) => [path, [...met].sort()]));
}

function note(types: Map<string, Set<string>>, path: string, value: unknown): void {
  const met = types.get(path);
  if (met === undefined && types.size >= MOST_PATHS) return;
  const type = typeOf(value);
  if (met === undefined) types.set(path, new Set([type]));
  else met.add(type);
  if (Array.isArray(value)) {
    for (const element of value) note(types, `${path}[]`, element);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      note(types, join(path, PLAIN_NAME.test(name) ? name : '*'), member);
    }
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** The path of a member. */
function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** The path of what a path is a member or an element of. */
export function parentOf(path: string): string {
  if (path.endsWith('[]')) return path.slice(0, -2);
  const parent = /^(.*(?:\[\])?)\.[^.]*$/.exec(path)?.[1];
  return parent ?? '';
}

/**
 * What a schema needs of an answer: its members, with the types that it takes. Told by the
 * schema that the answer is parsed with, so that the two can't drift apart.
 */
export function needsOf(schema: z.ZodType): Needs {
  const needs: Record<string, readonly string[]> = {};
  collect(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), '', needs);
  return needs;
}

/** As much of JSON Schema as our schemas come to. */
interface Described {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly unknown[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly items?: unknown;
}

function collect(described: unknown, path: string, needs: Record<string, readonly string[]>): void {
  for (const form of formsOf(described)) {
    for (const [name, member] of Object.entries(form.properties ?? {})) {
      const types = formsOf(member).flatMap((one) => one.type ?? []);
      if (form.required?.includes(name) !== true) types.push('undefined');
      const inside = join(path, name);
      // No type of its own: anything is taken.
      const isTold = types.some((type) => type !== 'undefined');
      if (isTold) needs[inside] = [...new Set(types.map(asJavaScript))].sort();
      collect(member, inside, needs);
    }
    if (form.items !== undefined) collect(form.items, `${path}[]`, needs);
  }
}

function formsOf(described: unknown): Described[] {
  const one = (described ?? {}) as Described;
  return one.anyOf === undefined ? [one] : one.anyOf.flatMap(formsOf);
}

function asJavaScript(type: string): string {
  return type === 'integer' ? 'number' : type;
}
