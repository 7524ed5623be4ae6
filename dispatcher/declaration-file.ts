/**
 * A declaration's text in a file: plain text in UTF-8, with a front matter in YAML that says what isn't
 * text. What a text may have is the database's to say; here is what never reaches it.
 */
import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';

/** 20,000 characters of text at four bytes each, and room for the front matter. */
const maxBytes = 100_000;

export const waysOfAcknowledging = ['tick_box', 'typed_name', 'both'] as const;
export const validities = ['once', 'yearly', 'each_version'] as const;

const frontMatter = z.strictObject({
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'is a code of two or three letters: nb, nn, en')
    .optional(),
  way_of_acknowledging: z.enum(waysOfAcknowledging).optional(),
  /** What is meant to be. Publishing decides the day, the organisation's rules the validity. */
  valid_from: z.iso.date('is a day, as 2027-01-31').optional(),
  validity: z.enum(validities).optional(),
});

/** What a file says beside its text. */
export type FrontMatter = z.infer<typeof frontMatter>;

/** Something in a file that is wrong; `lineNo` null: no one line. */
export interface FileFault {
  readonly lineNo: number | null;
  readonly fault: string;
}

/** The file can't be taken as it is. */
export class DeclarationFileError extends Error {
  override readonly name = 'DeclarationFileError';
  readonly problems: readonly string[];

  constructor(file: string, faults: readonly FileFault[]) {
    const problems = faults.map(
      ({ lineNo, fault }) => `${file}${lineNo === null ? '' : `:${String(lineNo)}`}: ${fault}`,
    );
    super(problems.join('\n'));
    this.problems = problems;
  }
}

export interface DeclarationFile {
  readonly frontMatter: FrontMatter;
  /** With `\n` as line ends, and without blank lines at either end. */
  readonly body: string;
  /** The number of the body's first line in the file. */
  readonly firstLineNo: number;
}

/** @throws DeclarationFileError that names every fault with its line. */
export async function readDeclarationFile(file: string): Promise<DeclarationFile> {
  return parseDeclarationFile(file, await readBytes(file));
}

/** As {@link readDeclarationFile}, from the file's bytes; `file` is what faults call it. */
export function parseDeclarationFile(file: string, bytes: Uint8Array): DeclarationFile {
  const faults = encodingFaults(bytes);
  if (faults.length > 0) throw new DeclarationFileError(file, faults);
  const lines = new TextDecoder().decode(bytes).replaceAll('\r\n', '\n').split('\n');

  let from = 0;
  let parsed: { frontMatter: FrontMatter; faults: readonly FileFault[] } = {
    frontMatter: {},
    faults: [],
  };
  if (lines[0]?.trimEnd() === '---') {
    const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
    if (end === -1) {
      throw new DeclarationFileError(file, [
        { lineNo: 1, fault: 'the front matter has no end: a line with nothing but ---' },
      ]);
    }
    parsed = parseFrontMatter(lines.slice(1, end).join('\n'));
    from = end + 1;
  }
  if (parsed.faults.length > 0) throw new DeclarationFileError(file, parsed.faults);
  while (from < lines.length && /^[ \t]*$/.test(lines[from] ?? '')) from += 1;
  const body = lines
    .slice(from)
    .join('\n')
    .replace(/[ \t\n]+$/, '');
  return { frontMatter: parsed.frontMatter, body, firstLineNo: from + 1 };
}

async function readBytes(file: string): Promise<Uint8Array> {
  let bytes: Buffer;
  try {
    bytes = await buffer(createReadStream(file, { end: maxBytes }));
  } catch (error) {
    const { code = 'unknown' } = error as { code?: string };
    const fault = code === 'ENOENT' ? 'there is no such file' : `it can't be read (${code})`;
    throw new DeclarationFileError(file, [{ lineNo: null, fault }]);
  }
  if (bytes.length > maxBytes) {
    const fault = `it has over ${String(maxBytes)} bytes; a text has at most 20000 characters`;
    throw new DeclarationFileError(file, [{ lineNo: null, fault }]);
  }
  return bytes;
}

/** Line by line, for `TextDecoder` doesn't say where it stopped. */
function encodingFaults(bytes: Uint8Array): FileFault[] {
  const all = Buffer.from(bytes);
  if (all.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) {
    return [{ lineNo: 1, fault: 'it begins with a byte order mark: save it as UTF-8 without one' }];
  }
  const faults: FileFault[] = [];
  for (let start = 0, lineNo = 1; start < all.length; lineNo += 1) {
    const found = all.indexOf(0x0a, start);
    const end = found === -1 ? all.length : found;
    const line = all.subarray(start, end);
    if (line.includes(0)) {
      faults.push({ lineNo, fault: 'it has a null byte: save it as UTF-8 text' });
    } else if (!isUtf8(line)) {
      faults.push({ lineNo, fault: 'it is not UTF-8: save it as UTF-8 text' });
    }
    start = end + 1;
  }
  return faults;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function parseFrontMatter(text: string): { frontMatter: FrontMatter; faults: FileFault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  // Line 1 of the file is the one with ---.
  const lineAt = (offset: number): number => lines.linePos(offset).line + 1;
  if (document.errors.length > 0) {
    return {
      frontMatter: {},
      faults: document.errors.map(({ pos, message }) => ({
        lineNo: lineAt(pos[0]),
        fault: `the front matter is not YAML: ${message.split('\n')[0] ?? ''}`,
      })),
    };
  }
  const checked = frontMatter.safeParse(valueOf(document) ?? {});
  if (checked.success) return { frontMatter: checked.data, faults: [] };
  const faults = checked.error.issues.flatMap((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0] ?? '')];
    return keys.map((key) => ({
      lineNo: lineAt(offsetOf(document, key)),
      fault:
        issue.code === 'unrecognized_keys'
          ? `${key} is not a key of the front matter`
          : `${key === '' ? 'the front matter' : key}: ${issue.message}`,
    }));
  });
  return { frontMatter: {}, faults };
}

/** What the YAML says; an anchor that is used, which nothing here needs, makes it no value. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return 'an alias';
  }
}

/** Where the value of a key begins. */
function offsetOf(document: Document, key: string): number {
  const node = document.get(key, true) as { range?: readonly number[] } | undefined;
  return node?.range?.[0] ?? 0;
}
