import path from 'node:path';

import { DatabaseError } from 'pg';

/** A SQL file that Postgres refused, or that can't be used: the message starts with where it is. */
export class SqlFileError extends Error {
  override readonly name = 'SqlFileError';
  /** As given. */
  readonly file: string;
  /** From 1; undefined where Postgres names no position. */
  readonly line: number | undefined;
  /** SQLSTATE, if Postgres raised it. */
  readonly code: string | undefined;

  constructor(file: string, problem: string, details: { line?: number; cause?: unknown } = {}) {
    const { line, cause } = details;
    const place = path.relative(process.cwd(), file) + (line === undefined ? '' : `:${line}`);
    super(`${place}: ${problem}`, { cause });
    this.file = file;
    this.line = line;
    this.code = cause instanceof DatabaseError ? cause.code : undefined;
  }

  /** What running `text`, the whole of `file`, ended in. */
  static from(file: string, text: string, error: unknown): SqlFileError {
    if (!(error instanceof DatabaseError)) {
      return new SqlFileError(file, error instanceof Error ? error.message : String(error), {
        cause: error,
      });
    }
    const words = [
      `${error.message} (SQLSTATE ${error.code ?? '?'})`,
      error.detail,
      error.hint && `Hint: ${error.hint}`,
      error.where && `In: ${error.where}`,
      error.code === '55P03' &&
        'Another session holds what this changes. It was undone; try again once that is done.',
    ];
    const problem = words
      .filter((word) => word !== undefined && word !== false && word !== '')
      .join('\n  ');
    const position = Number(error.position ?? Number.NaN);
    if (!Number.isInteger(position)) return new SqlFileError(file, problem, { cause: error });
    // Postgres counts characters, not UTF-16 units.
    const before = Array.from(text).slice(0, position - 1);
    const line = before.filter((character) => character === '\n').length + 1;
    return new SqlFileError(file, problem, { line, cause: error });
  }
}
