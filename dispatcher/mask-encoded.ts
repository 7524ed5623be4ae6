/**
 * Secrets that a text holds in another writing than mask-patterns.ts knows: every sign escaped,
 * encoded once more, with blanks between the digits, or only in part, cut by whoever told it.
 */

/** A text without its escapes, and where in the original each unit of it stands. */
interface Decoded {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

type Span = readonly [from: number, to: number];

/** What is shared with a secret by chance is shorter. */
const shortestPart = 8;
const longestPart = 12;
/** Base64 within base64 within base64. */
const deepest = 3;

const escapes =
  /\\+u\{?([0-9a-f]{4,6})\}?|&(?:amp;)*#x0*([0-9a-f]{1,6});|&(?:amp;)*#0*([0-9]{1,7});|((?:(?:\\+x|%(?:25)*)[0-9a-f]{2})+)/gi;
/** With what breaks it into lines. */
const base64Run = /[A-Za-z0-9+/_-]{8,}(?:(?:\r?\n|(?:\\r)?\\n)[A-Za-z0-9+/_-]+)*/g;
const hexRun = /[0-9a-f]{2}(?:[ :,-]?(?:0x|\\x)?[0-9a-f]{2}){5,}/gi;

/** Replaces by `[masked]` what holds one of the secrets, or a part that is long enough. */
export function maskEncoded(text: string, secrets: readonly string[]): string {
  if (secrets.length === 0) return text;
  const parts = secrets.map(partsOf);
  const spans: Span[] = [];
  const decoded = decode(text);
  for (const view of decoded.text === text ? [decoded] : [decoded, plainly(text)]) {
    for (const [from, to] of found(view.text, parts)) {
      spans.push([view.from[from] ?? 0, view.to[to - 1] ?? text.length]);
    }
  }
  return replaced(text, spans);
}

/** Pieces of a secret, each of which tells that a text has it: the whole, or every part of a long one. */
interface Parts {
  readonly whole: string;
  readonly length: number;
  readonly pieces: ReadonlySet<string>;
}

function partsOf(secret: string): Parts {
  const whole = secret.toLowerCase();
  const half = Math.ceil(whole.length / 2);
  const length =
    whole.length < 2 * shortestPart
      ? whole.length
      : Math.max(shortestPart, Math.min(half, longestPart));
  const pieces = new Set<string>();
  for (let at = 0; at + length <= whole.length; at += 1) pieces.add(whole.slice(at, at + length));
  return { whole, length, pieces };
}

function found(text: string, parts: readonly Parts[]): Span[] {
  const lower = text.toLowerCase();
  // A sign that has more units in small letters would shift what follows.
  const searched = lower.length === text.length ? lower : text;
  return [
    ...parts.flatMap((one) => [...piecesIn(searched, one), ...cutIn(searched, one)]),
    ...runsIn(text, base64Run, (run) => holdsBase64(run, parts, deepest)),
    ...runsIn(text, hexRun, (run) => {
      const digits = run.replace(/0x|\\x|[ :,-]/gi, '');
      return holds(Buffer.from(digits, 'hex'), parts, deepest);
    }),
  ];
}

function piecesIn(text: string, { length, pieces }: Parts): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at + length <= text.length; at += 1) {
    if (pieces.has(text.slice(at, at + length))) spans.push([at, at + length]);
  }
  return spans;
}

/** The beginning of a secret where a text was cut off, the end of one where it was cut out. */
function cutIn(text: string, { whole }: Parts): Span[] {
  if (whole.length < shortestPart) return [];
  const spans: Span[] = [];
  const end = text.replace(/[\s"'.…)}\]\\]+$/, '').length;
  const start = /^[\s"'.…({[\\]*/.exec(text)?.[0].length ?? 0;
  for (let length = whole.length - 1; length >= shortestPart - 2; length -= 1) {
    const [first, last] = [whole.slice(0, length), whole.slice(-length)];
    const isTelling = (part: string): boolean => length >= shortestPart || /[^a-z]/.test(part);
    if (isTelling(first) && text.slice(0, end).endsWith(first)) spans.push([end - length, end]);
    if (isTelling(last) && text.startsWith(last, start)) spans.push([start, start + length]);
  }
  return spans;
}

function runsIn(text: string, pattern: RegExp, isMeant: (run: string) => boolean): Span[] {
  return [...text.matchAll(pattern)]
    .filter(([run]) => isMeant(run))
    .map(({ index, 0: run }) => [index, index + run.length] as const);
}

/** Whatever was put before it: base64 reads on from any of four places. */
function holdsBase64(run: string, parts: readonly Parts[], depth: number): boolean {
  const signs = run.replace(/[\r\n]|\\[rn]/g, '');
  return [0, 1, 2, 3].some((shift) =>
    holds(Buffer.from(signs.slice(shift), 'base64'), parts, depth),
  );
}

function holds(bytes: Buffer, parts: readonly Parts[], depth: number): boolean {
  const wide = bytes.includes(0) ? [bytes.toString('latin1').replaceAll('\0', '')] : [];
  return [bytes.toString('utf8'), bytes.toString('latin1'), ...wide].some((text) => {
    const lower = text.normalize('NFC').toLowerCase();
    return (
      parts.some((one) => piecesIn(lower, one).length > 0) ||
      (depth > 1 && (text.match(base64Run) ?? []).some((run) => holdsBase64(run, parts, depth - 1)))
    );
  });
}

function plainly(text: string): Decoded {
  const from = Array.from(text, () => 0);
  from.length = text.length;
  return { text, from: [...from.keys()], to: [...from.keys()].map((at) => at + 1) };
}

/** Takes the escapes out. */
function decode(text: string): Decoded {
  let plain = '';
  const from: number[] = [];
  const to: number[] = [];
  const put = (units: string, start: number, end: number): void => {
    plain += units;
    for (let i = 0; i < units.length; i += 1) {
      from.push(start);
      to.push(end);
    }
  };
  let at = 0;
  for (const match of text.matchAll(escapes)) {
    for (; at < match.index; at += 1) put(text[at] ?? '', at, at + 1);
    const [whole, unicode, hexadecimal, decimal, bytes] = match;
    at = match.index + whole.length;
    if (bytes === undefined) {
      const hex = unicode ?? hexadecimal;
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      put(code <= 0x10ffff ? String.fromCodePoint(code) : whole, match.index, at);
    } else {
      putBytes(bytes, match.index, put);
    }
  }
  for (; at < text.length; at += 1) put(text[at] ?? '', at, at + 1);
  return { text: plain, from, to };
}

/** Escaped bytes as the signs that they are in UTF-8. */
function putBytes(
  escaped: string,
  start: number,
  put: (units: string, start: number, end: number) => void,
): void {
  const tokens = escaped.match(/(?:\\+x|%(?:25)*)[0-9a-f]{2}/gi) ?? [];
  let at = start;
  for (let i = 0; i < tokens.length;) {
    const lead = parseInt((tokens[i] ?? '').slice(-2), 16);
    const count = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    const taken = tokens.slice(i, i + count);
    const end = at + taken.join('').length;
    const bytes = Buffer.from(taken.map((token) => token.slice(-2)).join(''), 'hex');
    put(bytes.toString('utf8'), at, end);
    at = end;
    i += count;
  }
}

function replaced(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (from > at || result === '') result += `${text.slice(at, from)}[masked]`;
    at = Math.max(at, to);
  }
  return result + text.slice(at);
}
