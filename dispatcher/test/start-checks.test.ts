/** A dispatcher that can't work says so at once, with all that is wrong, and exits with 78. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import t, { type Test } from 'tap';

import { freePort } from '../../sandbox/free-port.ts';
import { createEmptyDatabase } from './support/database.ts';
import { spawnDispatcher } from './support/dispatcher-process.ts';
import { startTwoOrganisations } from './support/two-organisations.ts';

// On a busy machine the default is too short.
t.setTimeout(300_000);

const world = await startTwoOrganisations(t);
const { database, environment } = world;
const password = new URL(database.url).password;

/** Starts with these variables changed; gives what it wrote to standard error. */
async function refusal(t: Test, change: Readonly<Record<string, string>>): Promise<string[]> {
  const dispatcher = spawnDispatcher(t, { environment: { ...environment, ...change } });
  const { code, signal } = await dispatcher.ended;
  t.equal(code ?? signal, 78);
  t.equal(dispatcher.log.length, 0, 'it has not begun');
  for (const secret of [password, 'sandbox-token', 'business-central-sandbox-secret']) {
    t.equal(dispatcher.output().includes(secret), false, 'no secret is told');
  }
  return dispatcher
    .stderr()
    .split('\n')
    .filter((line) => line.startsWith('  - '))
    .map((line) => line.slice(4));
}

const withDatabase = (url: string): Record<string, string> => ({ DATABASE_URL: url });

await t.test('what is wrong with its settings is told at once', async (t) => {
  t.match(await refusal(t, { DATABASE_URL: '', CONCURRENCY: 'many', LOG_LEVEL: 'loud' }), [
    /^DATABASE_URL is not set/,
    /^CONCURRENCY takes/,
    /^LOG_LEVEL takes/,
  ]);
});

await t.test('settings, the login and credentials are told in one list', async (t) => {
  const url = await database.loginAs(['export_dispatcher']);
  await database.pool.query(`alter role ${new URL(url).username} set synchronous_commit = off`);
  const change = { ...withDatabase(url), CONCURRENCY: 'many', CREDENTIAL_HLF_BC: '' };
  t.match(await refusal(t, change), [
    /^CONCURRENCY takes/,
    /synchronous_commit/,
    /^CREDENTIAL_HLF_BC is not set/,
  ]);
});

await t.test('a server that is full is no wrong setting: try again', async (t) => {
  const url = await database.loginAs(['export_dispatcher']);
  await database.pool.query(`alter role ${new URL(url).username} connection limit 0`);
  const dispatcher = spawnDispatcher(t, { environment: { ...environment, ...withDatabase(url) } });
  t.same(await dispatcher.ended, { code: 1, signal: null });
  t.match(dispatcher.stderr(), /try again/);
  const problems = await refusal(t, { ...withDatabase(url), CONCURRENCY: 'many' });
  t.match(problems, [/^CONCURRENCY takes/], 'what is known to be wrong is told all the same');
  t.equal(problems.length, 1);
});

await t.test('help is printed, unknown arguments are refused, and nothing is done', async (t) => {
  const url = await createEmptyDatabase(t);
  for (const program of ['main', 'migrate']) {
    const run = (argument: string) =>
      spawnSync(process.execPath, ['--import=tsx', `dispatcher/${program}.ts`, argument], {
        env: { PATH: process.env['PATH'], DATABASE_URL: url },
        encoding: 'utf8',
      });
    const helped = run('--help');
    t.equal(helped.status, 0, helped.stderr);
    t.match(helped.stdout, /^Usage: npm /);
    for (const argument of ['--hlep', 'now']) {
      const refused = run(argument);
      t.equal(refused.status, 1);
      t.match(refused.stderr, /unknown option|too many arguments/);
    }
  }
  t.match(await refusal(t, withDatabase(url)), [/not migrated/], 'no migration has run');
});

await t.test('a password does not show in what is said of a wrong address', async (t) => {
  const wrong = database.url.replace('postgres', 'mysql');
  t.match(await refusal(t, withDatabase(wrong)), [/^DATABASE_URL is not a Postgres URL/]);
});

await t.test('missing credentials are told, each with the variable that it wants', async (t) => {
  const problems = await refusal(t, { CREDENTIAL_HLF_BC: '', CREDENTIAL_BF_XL: '' });
  t.same(problems.sort(), [
    'CREDENTIAL_BF_XL is not set (the secret of xledger)',
    'CREDENTIAL_HLF_BC is not set (the secret of business_central)',
  ]);
});

await t.test(
  'files are looked at as well, and what is missing is told with its place',
  async (t) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'credentials-'));
    t.teardown(() => rmSync(folder, { recursive: true }));
    writeFileSync(path.join(folder, 'hlf-bc'), '{"token":"sandbox-token"}');
    const none = { CREDENTIAL_HLF_BC: '', CREDENTIAL_BF_XL: '' };
    t.match((await refusal(t, { ...none, CREDENTIALS_DIR: folder })).sort(), [
      'CREDENTIAL_BF_XL is not set, and CREDENTIALS_DIR has no file bf-xl (the secret of xledger)',
      'hlf-bc: the secret is of the wrong kind for business_central',
    ]);
    t.match((await refusal(t, { ...none, CREDENTIALS_DIR: path.join(folder, 'gone') })).sort(), [
      "CREDENTIALS_DIR can't be read (the secret of business_central)",
      "CREDENTIALS_DIR can't be read (the secret of xledger)",
    ]);
  },
);

await t.test('credentials of another form or kind are told, and not quoted', async (t) => {
  const problems = await refusal(t, {
    CREDENTIAL_HLF_BC: JSON.stringify({ token: 'sandbox-token' }),
    CREDENTIAL_BF_XL: 'sandbox-token',
  });
  t.match(problems.sort(), [
    /^CREDENTIAL_BF_XL is not JSON/,
    /^hlf-bc: the secret is of the wrong kind for business_central/,
  ]);
  t.match(await refusal(t, { CREDENTIAL_BF_XL: JSON.stringify({ tokens: 'sandbox-token' }) }), [
    /^CREDENTIAL_BF_XL must be/,
  ]);
});

await t.test('a database that is not migrated', async (t) => {
  const empty = await createEmptyDatabase(t);
  t.match(await refusal(t, withDatabase(empty)), [/not migrated.*npm run migrate/]);
});

await t.test('a login that is no dispatcher', async (t) => {
  const url = await database.loginAs(['anon']);
  const { rows } = await database.pool.query<{ role: string }>(
    `select rolname as role from pg_roles where rolname = $1`,
    [new URL(url).username],
  );
  t.equal(rows.length, 1);
  t.match(await refusal(t, withDatabase(url)), [/grant it export_dispatcher/]);
});

await t.test('a login whose commits may be lost', async (t) => {
  const url = await database.loginAs(['export_dispatcher']);
  const role = new URL(url).username;
  await database.pool.query(`alter role ${role} set synchronous_commit = off`);
  t.match(await refusal(t, withDatabase(url)), [/synchronous_commit/]);
});

await t.test('a database that nobody answers for, or that refuses the password', async (t) => {
  const nobody = new URL(database.url);
  nobody.port = String(await freePort());
  t.match(await refusal(t, withDatabase(nobody.href)), [/can't be reached/]);
  const wrong = new URL(database.url);
  wrong.password = 'not-the-password';
  const [problem = ''] = await refusal(t, withDatabase(wrong.href));
  t.match(problem, /can't be reached.*password authentication failed/);
  t.notMatch(problem, /not-the-password/);
});

await t.test('a database that a newer version has migrated', async (t) => {
  const { rows } = await database.pool.query<{ at: string }>(
    `select quote_ident(nspname) || '.migrations' as at from pg_class
       join pg_namespace on pg_namespace.oid = relnamespace where relname = 'migrations'`,
  );
  const table = rows[0]?.at ?? '';
  await database.pool.query(
    `insert into ${table} (id, name, hash) values (9999, 'of the future', 'x')`,
  );
  const problems = await refusal(t, {});
  await database.pool.query(`delete from ${table} where id = 9999`);
  t.equal(problems.length, 1);
  t.match(problems, [/newer/i]);
});

t.end();
