/** Runs a file under the real Deno, from its npm package. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export interface DenoRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface DenoOptions {
  /** An empty folder: where it runs, and where it keeps what it compiled. */
  readonly folder: string;
  /** The only address that may be reached, as `127.0.0.1:8080`. */
  readonly allowNet: string;
}

/**
 * Type-checks and runs a file of `dispatcher/test/deno`, without the network but for one address:
 * no registry, no configuration of ours.
 *
 * @throws if Deno's package or its binary is missing.
 */
export async function runUnderDeno(
  file: string,
  args: readonly string[],
  options: DenoOptions,
): Promise<DenoRun> {
  const packages = dirname(dirname(createRequire(import.meta.url).resolve('deno/package.json')));
  const deno = join(packages, '.bin', 'deno');
  accessSync(deno, constants.X_OK);
  const child = spawn(
    deno,
    [
      'run',
      '--check',
      '--no-config',
      '--no-lock',
      '--no-remote',
      '--no-npm',
      '--node-modules-dir=none',
      '--no-prompt',
      `--allow-net=${options.allowNet}`,
      fileURLToPath(new URL(`../deno/${file}`, import.meta.url)),
      ...args,
    ],
    {
      cwd: options.folder,
      env: { DENO_DIR: options.folder, DENO_NO_UPDATE_CHECK: '1', PATH: process.env['PATH'] },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
      killSignal: 'SIGKILL',
    },
  );
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}
