/** The rehearsal of docs/onboarding.md, command by command, against `npm run sandbox`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import pg from 'pg';
import type { Test } from 'tap';

import { createTestDatabase } from './database.ts';
import { startDispatcher } from './dispatcher-process.ts';
import { waitFor } from './wait-for.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What is one organisation's own in it. */
export interface Rehearsed {
  /** Which of the blocks with settings: 0 for HLF, 1 for Blindeforbundet. */
  readonly settings: 0 | 1;
  /** Makes the claims of the page into this organisation's. */
  readonly change: (sql: string) => string;
}

/** Rehearses one organisation as it is written; fails `t` where something else happens. */
export async function rehearse(t: Test, { settings: which, change }: Rehearsed): Promise<void> {
  const { shell, sql: claims } = await readPage(await startSandbox(t));
  const settings = shell[which];
  const [load, mend, show, compare] = shell.slice(2);
  const database = await createTestDatabase(t);
  const { pool } = database;
  await pool.query(`alter role ${new URL(database.url).username} set synchronous_commit = on`);
  const given = { DATABASE_URL: database.superuserUrl };

  const wrong = await run(given, `${settings ?? ''}\n${load ?? ''}`);
  t.equal(wrong.status, 1, wrong.stderr);
  t.match(wrong.stdout, /WRONG {2}accounts: 7145 is not in the ledger: named by ferry/);
  t.match(wrong.stdout, /1 thing is wrong/);

  const good = await run(given, `${settings ?? ''}\n${mend ?? ''}`);
  t.equal(good.status, 0, good.stdout + good.stderr);
  t.match(good.stdout, /All is well/);

  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  const results = (await client.query(change(claims ?? ''))) as unknown as pg.QueryResult[];
  await client.end();
  const runId = (results[1]?.rows[0] as { run_id: string }).run_id;

  const shown = await run({ ...given, RUN_ID: runId }, show);
  t.equal(shown.status, 0, shown.stderr);
  t.match(shown.stdout, /Prøve Rehearsal/);
  t.match(shown.stdout, /137\.35/);

  const environment = await run(given, `${settings ?? ''}\nenv`);
  const variables = Object.fromEntries(
    environment.stdout
      .split('\n')
      .map((line) => /^([A-Z_]+)=(.*)$/.exec(line)?.slice(1) ?? ['_', '']),
  ) as Record<string, string>;
  const dispatcher = await startDispatcher(t, {
    environment: { ...variables, DATABASE_URL: database.url },
  });
  await waitFor(
    async () => {
      const { rows } = await pool.query(
        "select from api.export_status where run_id = $1 and integration_status = 'exported'",
        [runId],
      );
      return rows.length;
    },
    { timeoutMs: 60_000, what: 'the run to be exported' },
  );
  dispatcher.kill('SIGTERM');

  const compared = await run({ ...given, RUN_ID: runId }, compare);
  t.equal(compared.status, 0, compared.stderr);
  t.match(compared.stdout, /as sent: the trail has the same/);
}

/** @returns the ports of Business Central and Xledger. */
async function startSandbox(t: Test): Promise<readonly [string, string]> {
  const sandbox = spawn(
    process.execPath,
    ['--import', 'tsx', 'sandbox/main.ts', '--bc-port', '0', '--xledger-port', '0'],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  t.teardown(async () => {
    sandbox.kill('SIGTERM');
    await once(sandbox, 'exit');
  });
  let printed = '';
  sandbox.stdout.setEncoding('utf8').on('data', (some: string) => (printed += some));
  await waitFor(() => printed.includes('Ctrl+C'), { timeoutMs: 60_000, what: 'the sandbox' });
  const [bcPort = '', xledgerPort = ''] = [
    ...printed.matchAll(/API +http:\/\/127\.0\.0\.1:(\d+)/g),
  ].map(([, port]) => port ?? '');
  return [bcPort, xledgerPort];
}

/** The commands and statements of the page, in their order. */
async function readPage([bcPort, xledgerPort]: readonly [string, string]) {
  const page = (await readFile(new URL('../../../docs/onboarding.md', import.meta.url), 'utf8'))
    .replaceAll('127.0.0.1:4010', `127.0.0.1:${bcPort}`)
    .replaceAll('127.0.0.1:4020', `127.0.0.1:${xledgerPort}`);
  const blocks = (language: string) =>
    [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(
      ([, code]) => code ?? '',
    );
  return { shell: blocks('sh'), sql: blocks('sql')[0] };
}

async function run(environment: Readonly<Record<string, string>>, code = '') {
  const child = spawn('bash', ['-c', code], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
  });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { stdout, stderr, status };
}
