import pg from 'pg';
import t from 'tap';

import { startPostgrest } from '../../sandbox/postgrest.ts';
import { pendingMigrations } from '../migrate.ts';
import { createTestDatabase, useServer } from './support/database.ts';
import { createTestApi } from './support/postgrest.ts';
import { waitUntilBlocked } from './support/wait-for.ts';

const { release } = await useServer();
t.teardown(release);

await t.test('two test databases are migrated, and know nothing of each other', async (t) => {
  const [one, two] = await Promise.all([createTestDatabase(t), createTestDatabase(t)]);
  await one.pool.query('create table public.only_here (n int)');
  const look = `select to_regclass('public.only_here') as found, to_regnamespace('api')::text as api`;
  t.same((await one.pool.query(look)).rows, [{ found: 'only_here', api: 'api' }]);
  t.same((await two.pool.query(look)).rows, [{ found: null, api: 'api' }]);
});

await t.test("the dispatcher's login holds its role and is nothing more", async (t) => {
  const database = await createTestDatabase(t);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  t.teardown(() => client.end());
  const { rows } = await client.query(
    `select pg_has_role('export_dispatcher', 'usage') as dispatcher,
            pg_has_role('authenticated', 'member') as authenticated,
            rolsuper, rolbypassrls
       from pg_roles where rolname = current_user`,
  );
  t.same(rows, [{ dispatcher: true, authenticated: false, rolsuper: false, rolbypassrls: false }]);
  t.same(await pendingMigrations(client), [], 'and may ask whether the database is up to date');
});

await t.test('a dropped database takes its sessions and logins along', async (t) => {
  const kept = await createTestDatabase(t);
  const dropped = await createTestDatabase(t);
  const role = new URL(dropped.url).username;
  const session = new pg.Client({ connectionString: dropped.url });
  session.on('error', () => undefined);
  await session.connect();
  await dropped.drop();
  const { rows } = await kept.pool.query(
    `select (select count(*) from pg_database where datname = $1)::int as databases,
            (select count(*) from pg_roles where rolname = $2)::int as roles`,
    [dropped.name, role],
  );
  t.same(rows, [{ databases: 0, roles: 0 }]);
});

await t.test('a session that waits for a lock is seen waiting', async (t) => {
  const { pool } = await createTestDatabase(t);
  const [holder, waiter] = [await pool.connect(), await pool.connect()];
  await holder.query('select pg_advisory_lock(1)');
  const { rows } = await waiter.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = rows[0]?.pid ?? 0;
  await t.rejects(waitUntilBlocked(pool, pid, { timeoutMs: 30 }), 'not before it waits');
  const waiting = waiter.query('select pg_advisory_lock(1)');
  await waitUntilBlocked(pool, pid);
  await holder.query('select pg_advisory_unlock(1)');
  await waiting;
  holder.release();
  waiter.release();
});

await t.test('PostgREST answers as the role and with the claims of the token', async (t) => {
  const database = await createTestDatabase(t);
  await database.pool.query(
    `create function api.who_am_i() returns json language sql stable
       as $$ select json_build_object('role', current_user,
         'claims', nullif(current_setting('request.jwt.claims', true), '')::json) $$;
     grant usage on schema api to anon, authenticated, service_role;
     grant execute on function api.who_am_i() to anon, authenticated, service_role;`,
  );
  const api = await createTestApi(t, database);
  const who = async (token?: string) =>
    (await api.post('/rpc/who_am_i', {}, token === undefined ? {} : { token })).body;

  const token = await api.token({
    role: 'authenticated',
    organisationId: 'b0a7',
    appRole: 'coordinator',
    subject: 'kari',
  });
  t.match(await who(token), {
    role: 'authenticated',
    claims: { organisation_id: 'b0a7', app_role: 'coordinator', sub: 'kari' },
  });
  const nested = await api.token({
    role: 'service_role',
    organisationId: 'b0a7',
    placedIn: 'app_metadata',
  });
  const answer = (await who(nested)) as { claims: Record<string, unknown> };
  t.match(answer, { role: 'service_role', claims: { app_metadata: { organisation_id: 'b0a7' } } });
  t.notOk('organisation_id' in answer.claims, 'and not at the top level as well');
  t.match(await who(), { role: 'anon' });

  const expired = await api.token({ role: 'authenticated', expiresInSeconds: -60 });
  t.equal((await api.get('/rpc/who_am_i', { token: expired })).status, 401);
  t.equal((await api.get('/rpc/who_am_i', { token: `${token}x` })).status, 401);

  await database.pool.query(
    `create function api.made_later() returns int language sql stable as 'select 7'`,
  );
  await api.reload();
  t.same((await api.get('/rpc/made_later', { token })).body, 7, 'a reload shows what is new');
});

await t.test('a PostgREST that cannot start says why', async (t) => {
  const database = await createTestDatabase(t);
  const wrong = new URL(database.superuserUrl);
  wrong.password = 'wrong';
  await t.rejects(
    startPostgrest({
      databaseUrl: wrong.href,
      jwtSecret: 'short',
      schemas: ['api'],
      anonRole: 'anon',
    }),
    { message: /PostgREST did not become ready:\n.+/s },
  );
});
