/** How a command that couldn't do its work says so: sentences on standard error, never a stack. */
import { CommanderError } from 'commander';

import { ConfigurationProblems } from './config.ts';
import { errorFields } from './log.ts';

/** Wrong arguments or settings, or nothing of that name: the command has done nothing. */
export const usageExitCode = 2;

/**
 * Says what went wrong; what commander found wrong it has said itself.
 *
 * @returns the exit code: {@link usageExitCode}, or 0 for `--help`.
 */
export function tellFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
  const { code, message } = errorFields(error);
  const { detail, hint } = error as { detail?: string; hint?: string };
  const sentences =
    error instanceof ConfigurationProblems
      ? error.problems
      : [`${code ?? ''} ${message}`.trim(), detail, hint];
  for (const sentence of sentences) {
    if (sentence !== undefined && sentence !== '') process.stderr.write(`- ${sentence}\n`);
  }
  return usageExitCode;
}
