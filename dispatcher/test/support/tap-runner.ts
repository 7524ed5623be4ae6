/** Runs test files under tap, and tells what came of them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { TapReport } from './tap-report.ts';

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Runs the files in the working directory, each in a process of its own, and prints a line for each.
 *
 * @param environment further variables for the files.
 * @param words further words for tap, e.g. `--timeout=300`.
 */
export async function runTap(
  files: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  words: readonly string[] = [],
): Promise<Count> {
  const child = spawn(process.execPath, [tapProgram(), '--reporter=tap', ...words, ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const exit = once(child, 'exit');
  const report = new TapReport((line) => console.log(line));
  for await (const line of createInterface({ input: child.stdout })) report.take(line);
  const [exitCode] = (await exit) as [number | null];
  return report.count(exitCode);
}

function tapProgram(): string {
  const manifest = createRequire(import.meta.url).resolve('tap/package.json');
  return path.join(path.dirname(manifest), 'dist/esm/run.mjs');
}
