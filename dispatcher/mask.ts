/**
 * The first of two nets (the second is accounting.sanitise_error, in a trigger): what this process
 * knows to be secret or personal is taken out of a remote's words, in every form that a remote is
 * likely to give it back in.
 */
import type { FrozenInput } from './adapters/adapter.ts';
import type { Credential } from './credentials.ts';

/** What is shorter would mask half of every sentence. */
const shortestValue = 4;
/** No more of a remote's words is looked at, and none passes unseen; a row holds 500. */
const longestText = 4_000;

/**
 * @param tokens secrets that were obtained on the way, such as access tokens.
 * @returns a function that replaces the secrets by `[masked]` and the names and texts of the payload
 *   by `[name]` and `[text]`, and cuts to 4,000 characters.
 */
export function createMask(
  credential: Credential | null,
  input: FrozenInput | null,
  tokens: Iterable<string> = [],
): (text: string) => string {
  const replacements = new Map<string, string>();
  for (const claim of input?.claims ?? []) {
    for (const { text } of claim.lines) if (text !== null) replacements.set(text, '[text]');
    for (const word of claim.claimant_name.split(/[\s,]+/)) replacements.set(word, '[name]');
    replacements.set(claim.claimant_name, '[name]');
  }
  for (const secret of [...tokens, ...secretsOf(credential)]) replacements.set(secret, '[masked]');
  // The longest first: a whole name before its words.
  const patterns = [...replacements]
    .map(([value, replacement]) => ({ value: value.normalize('NFC').trim(), replacement }))
    .filter(({ value }) => value.length >= shortestValue)
    .sort((a, b) => b.value.length - a.value.length)
    .flatMap(({ value, replacement }) => patternsOf(value).map((one) => ({ one, replacement })));
  return (text) => {
    let masked = text.slice(0, longestText).normalize('NFC');
    for (const { one, replacement } of patterns) masked = masked.replace(one, replacement);
    return masked;
  };
}

function secretsOf(credential: Credential | null): string[] {
  return credential === null ? [] : (Object.values(credential) as string[]);
}

/** The value as text, each sign as it is or escaped; and its bytes in base64 and hex. */
function patternsOf(value: string): RegExp[] {
  const bytes = Buffer.from(value, 'utf8');
  const encoded = [0, 1, 2].flatMap((shift) => base64Of(bytes, shift));
  return [
    new RegExp([...value].map(writingsOf).join(''), 'giu'),
    new RegExp(bytes.toString('hex'), 'gi'),
    new RegExp(encoded.map(escapeRegExp).join('|'), 'g'),
  ];
}

/** How a sign may come back: behind backslashes, or escaped for JSON, an address, a form, HTML. */
function writingsOf(sign: string): string {
  if (/^[a-z0-9]$/i.test(sign)) return sign;
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
