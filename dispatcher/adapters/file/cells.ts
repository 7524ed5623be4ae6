/**
 * What may stand in a cell. Free text is cleaned, and defused where a spreadsheet would take it for a
 * formula; everything else has a pattern under which no formula fits, and is never changed: so
 * `-12.50` stays a number. Pure.
 */
import { UnmappableError } from '../unmappable-error.ts';

const PATTERNS = {
  reference: /^[A-Z0-9][A-Z0-9-]{0,19}$/,
  'claim id': /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  'expense type': /^[a-z][a-z0-9_]{0,39}$/,
  account: /^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$/,
  'tax code': /^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$/,
  currency: /^[A-Z]{3}$/,
  dimension: /^[A-Za-zÆØÅæøå][A-Za-z0-9ÆØÅæøå_ -]{0,29}$/,
  'dimension value': /^[A-Za-z0-9ÆØÅæøå][A-Za-z0-9ÆØÅæøå ._/&-]{0,29}$/,
} as const;

/** What has a pattern instead of being defused. */
export type TypedCell = keyof typeof PATTERNS;

/**
 * Lets a value through as it is.
 *
 * @throws UnmappableError if it doesn't fit; the message names the kind, never the value.
 */
export function typed(kind: TypedCell, value: string): string {
  if (!PATTERNS[kind].test(value)) {
    throw new UnmappableError(`the ${kind} does not fit into a file`);
  }
  return value;
}

/**
 * A person's words on one line: no control characters, no half surrogate pairs, no invisible
 * characters, one blank between words.
 */
export function plainText(words: string): string {
  return words
    .toWellFormed()
    .replaceAll(/\p{Cf}/gu, '')
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** What begins a formula: also the full-width and small forms, which some spreadsheets fold. */
const FORMULA = '=+\\-@＝＋－＠﹦﹢﹣﹫';
/**
 * Where a cell begins, with blanks and quotes before the sign; also behind a separator, for whoever
 * opens the file with another one than it has.
 */
const CELL_THAT_COMPUTES = new RegExp(`(^|[,;|\\t])([\\s"']*)(?=[${FORMULA}])`, 'gu');

/** {@link plainText}, with an apostrophe before each sign that would begin a formula. */
export function safeText(words: string): string {
  return plainText(words).replaceAll(CELL_THAT_COMPUTES, "$1$2'");
}
