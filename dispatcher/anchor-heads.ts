/** Heads of audit trails as they are kept outside of the database: a JSON object per line. */
import { z } from 'zod';

/** The last row of an organisation's trail at some time: it vouches for all rows up to it. */
export interface Head {
  readonly organisation_id: string;
  readonly seq: number;
  /** SHA-256, 64 lower-case hexadecimal digits. */
  readonly hash: string;
  /** By the database's clock, ISO 8601. */
  readonly taken_at: string;
}

/** The kept heads can't be used; `problems` names each bad line by its number. */
export class KeptHeadsError extends Error {
  override readonly name = 'KeptHeadsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const mostProblems = 20;

const headSchema = z.object({
  organisation_id: z.guid('takes a UUID'),
  seq: z.int('takes a whole number').positive('takes a number from 1 on'),
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'takes 64 digits of 0 to 9 and a to f'),
  taken_at: z.iso.datetime({ offset: true, error: 'takes a time such as 2026-03-02T09:00:00Z' }),
});

/** One line per head, each ended by a line feed; no head: the empty text. */
export function writeHeads(heads: readonly Head[]): string {
  return heads.map((head) => `${JSON.stringify(head)}\n`).join('');
}

/**
 * Reads what {@link writeHeads} wrote, at once or over the years. Blank lines are passed over, keys
 * that somebody added too.
 *
 * @throws KeptHeadsError if a line is no head, or there is none at all: a check against nothing
 *   would always end well.
 */
export function readHeads(text: string): Head[] {
  const heads: Head[] = [];
  const problems: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = headSchema.safeParse(parseLine(line));
    if (parsed.success) heads.push(parsed.data);
    else problems.push(`line ${index + 1} is not a kept head: ${firstIssue(parsed.error)}`);
  }
  if (problems.length > mostProblems) {
    problems.splice(mostProblems, Infinity, `and ${problems.length - mostProblems} more lines`);
  }
  if (problems.length > 0) throw new KeptHeadsError(problems);
  if (heads.length === 0) throw new KeptHeadsError(['there is no kept head to check against']);
  return heads;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined || issue.path.length === 0) return 'it is no JSON object';
  return `${issue.path.join('.')} ${issue.code === 'invalid_type' && issue.input === undefined ? 'is missing' : issue.message}`;
}
