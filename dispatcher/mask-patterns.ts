/**
 * Which values a text may hold, and the patterns that find them. A run has thousands of values and a
 * message holds two or three of them: patterns are costly, so only what can match gets one.
 */

/** What is to be replaced. */
export interface Value {
  readonly text: string;
  readonly replacement: string;
}

/** Values by a few signs of what a text has to hold if it holds them. */
export interface ValueIndex {
  /** By a part of a word of theirs. */
  readonly plain: ReadonlyMap<string, readonly Value[]>;
  /** Without a word that is long enough. */
  readonly wordless: readonly Value[];
  /** By how their bytes begin in hex and base64. */
  readonly encoded: ReadonlyMap<string, readonly Value[]>;
}

/** A value that a text may hold, with the sources of the patterns that may match. */
export interface Candidate {
  readonly value: Value;
  readonly patterns: readonly { readonly source: string; readonly flags: string }[];
}

const plainKeyLength = 3;
/** The least that base64 leaves of a value of four bytes. */
const encodedKeyLength = 4;

/** Prepares values, once for all texts. */
export function indexOf(values: Iterable<Value>): ValueIndex {
  const plain = new Map<string, Value[]>();
  const wordless: Value[] = [];
  const encoded = new Map<string, Value[]>();
  for (const value of values) {
    // The key that the fewest others have: what is in every text of a run tells nothing.
    const keys = runsOf(value.text).flatMap((run) => [...keysOf(run, plainKeyLength)]);
    const sizes = keys.map((key) => plain.get(key)?.length ?? 0);
    const key = keys[sizes.indexOf(Math.min(...sizes))];
    if (key === undefined) wordless.push(value);
    else put(plain, key, value);
    // Eight signs are enough for how the bytes begin.
    const bytes = Buffer.from(value.text.slice(0, 8), 'utf8');
    const forms = [bytes.toString('hex'), ...base64FormsOf(bytes)];
    for (const one of new Set(forms.map((form) => form.slice(0, encodedKeyLength).toLowerCase()))) {
      put(encoded, one, value);
    }
  }
  return { plain, wordless, encoded };
}

function put(map: Map<string, Value[]>, key: string, value: Value): void {
  const found = map.get(key);
  if (found === undefined) map.set(key, [value]);
  else found.push(value);
}

function keysOf(text: string, length: number): Set<string> {
  const keys = new Set<string>();
  for (let at = 0; at + length <= text.length; at += 1) keys.add(text.slice(at, at + length));
  return keys;
}

/**
 * The values that `text` may hold; none that it holds is missing.
 *
 * @param text in NFC.
 */
export function candidates(index: ValueIndex, text: string): Candidate[] {
  const lower = lowerOf(text);
  const found = new Map<Value, { source: string; flags: string }[]>();
  const add = (value: Value, source: string, flags: string): void => {
    found.set(value, [...(found.get(value) ?? []), { source, flags }]);
  };
  const signs = new Map<string, boolean>();
  const holds = (sign: string): boolean => {
    const isHeld = signs.get(sign) ?? new RegExp(writingsOf(sign), 'iu').test(text);
    signs.set(sign, isHeld);
    return isHeld;
  };
  for (const value of [...valuesAt(index.plain, lower, plainKeyLength), ...index.wordless]) {
    if (
      runsOf(value.text).every((run) => lower.includes(run)) &&
      [...value.text].every((sign) => isPlain(sign) || holds(sign))
    ) {
      add(value, [...value.text].map(writingsOf).join(''), 'giu');
    }
  }
  for (const value of valuesAt(index.encoded, lower, encodedKeyLength)) {
    const bytes = Buffer.from(value.text, 'utf8');
    const inHex = bytes.toString('hex');
    if (lower.includes(inHex)) add(value, inHex, 'gi');
    const forms = base64FormsOf(bytes).filter((form) => text.includes(form));
    if (forms.length > 0) add(value, forms.map(escapeRegExp).join('|'), 'g');
  }
  return [...found].map(([value, patterns]) => ({ value, patterns }));
}

function valuesAt(
  map: ReadonlyMap<string, readonly Value[]>,
  text: string,
  keyLength: number,
): Set<Value> {
  const values = new Set<Value>();
  for (const key of keysOf(text, keyLength)) {
    for (const value of map.get(key) ?? []) values.add(value);
  }
  return values;
}

/** What stands in every writing of the value as it is: its letters and digits. */
function runsOf(text: string): string[] {
  return (text.match(/[a-z0-9]+/gi) ?? []).map((run) => run.toLowerCase());
}

/** A pattern that ignores case takes the long s for an s. */
function lowerOf(text: string): string {
  return text.toLowerCase().replaceAll('ſ', 's');
}

function isPlain(sign: string): boolean {
  return /^[a-z0-9]$/i.test(sign);
}

/** How a sign may come back: behind backslashes, or escaped for JSON, an address, a form, HTML. */
function writingsOf(sign: string): string {
  if (isPlain(sign)) return sign;
  const code = sign.codePointAt(0) ?? 0;
  const units = [...Array(sign.length).keys()].map((i) => hex(sign.charCodeAt(i), 4));
  const bytes = [...Buffer.from(sign, 'utf8')].map((byte) => hex(byte, 2));
  const writings = [
    `\\\\*${escapeRegExp(sign)}`,
    units.map((unit) => `\\\\+u${unit}`).join(''),
    bytes.map((byte) => `%(?:25)*${byte}`).join(''),
    `&(?:amp;)*#(?:0*${code}|x0*${code.toString(16)});`,
    ...(otherWritings[sign] ?? []),
  ];
  return `(?:${writings.join('|')})`;
}

const otherWritings: Readonly<Record<string, readonly string[]>> = {
  ' ': ['\\+', '&nbsp;'],
  '\n': ['\\\\+n'],
  '\r': ['\\\\+r'],
  '\t': ['\\\\+t'],
  '\b': ['\\\\+b'],
  '\f': ['\\\\+f'],
  '"': ['&(?:amp;)*quot;'],
  "'": ['&(?:amp;)*apos;'],
  '&': ['&(?:amp;)+'],
  '<': ['&(?:amp;)*lt;'],
  '>': ['&(?:amp;)*gt;'],
  æ: ['&aelig;'],
  ø: ['&oslash;'],
  å: ['&aring;'],
  Æ: ['&aelig;'],
  Ø: ['&oslash;'],
  Å: ['&aring;'],
};

/** All that base64 may make of the bytes. */
function base64FormsOf(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((shift) => base64Of(bytes, shift));
}

/**
 * The bytes in base64, in both alphabets, as they stand where `shift` other bytes precede them, such
 * as an id and a colon: without the signs at either end, which neighbours have a part in.
 */
function base64Of(bytes: Buffer, shift: number): string[] {
  const after = Buffer.concat([Buffer.alloc(shift), bytes]);
  const [from, to] = [Math.ceil((shift * 8) / 6), Math.floor((after.length * 8) / 6)];
  return [after.toString('base64'), after.toString('base64url')].map((text) =>
    text.slice(from, to),
  );
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
