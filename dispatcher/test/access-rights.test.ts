/**
 * Rights in the database: each table and view, held against `fixtures/access-rights.txt`, which is
 * regenerated as the access matrix is (see `access-matrix.test.ts`); and what the real PostgREST exposes.
 */
import t from 'tap';

import { startAccessWorld } from './support/access-world.ts';
import { matchesExpectation } from './support/expectation.ts';
import { describeRights } from './support/rights.ts';

const world = await startAccessWorld(t);
const { api, database } = world;
const { pool } = database;
const coordinator = world.callers.find(({ name }) => name === 'coordinator')?.token ?? '';
const service = world.callers.find(({ name }) => name === 'service_role')?.token ?? '';

await t.test(
  'the roles behind PostgREST have the rights that are listed, and no other',
  async (t) => {
    await matchesExpectation(t, 'access-rights.txt', await describeRights(pool));
  },
);

await t.test(
  'what callers may read of a table, a policy holds to their organisation',
  async (t) => {
    const { rows } = await pool.query<{ name: string; using: string | null }>(
      `select distinct c.relname as name, pg_get_expr(p.polqual, p.polrelid) as using
       from pg_class as c
       join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       left join pg_policy as p
         on p.polrelid = c.oid
        and p.polpermissive
        and ('authenticated'::regrole = any (p.polroles) or 0::oid = any (p.polroles))
      where c.relnamespace = 'accounting'::regnamespace
        and c.relkind in ('r', 'p')
        and has_column_privilege('authenticated', c.oid, a.attnum, 'select')`,
    );
    t.ok(rows.length >= 7, `${rows.length} policies`);
    for (const { name, using } of rows) {
      t.match(using ?? '', /\(organisation_id = \( SELECT \S*token_organisation_id\(\)/, name);
      t.match(using ?? '', /keep_estimates\(\)/, `${name} gives no estimates`);
      t.notMatch(using ?? '', /\bOR\b/, `${name} has no other way in`);
    }
  },
);

await t.test('a view shows nothing to which its reader has no right of its own', async (t) => {
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'api'::regnamespace and relkind = 'v'
        and not coalesce(reloptions @> array['security_invoker=true'], false)`,
  );
  t.strictSame(rows, [], 'each runs with the rights of its caller');
});

await t.test('no schema but api can be chosen', async (t) => {
  for (const schema of ['accounting', 'accounting_migrations', 'pg_catalog', 'tap', 'public']) {
    for (const token of [coordinator, service]) {
      const read = await api.get('/export_requests', {
        token,
        headers: { 'accept-profile': schema },
      });
      t.match(read, { status: 406, body: { code: 'PGRST106' } }, `read ${schema}`);
      const write = await api.post(
        '/export_requests',
        {},
        {
          token,
          headers: { 'content-profile': schema },
        },
      );
      t.match(write, { status: 406, body: { code: 'PGRST106' } }, `write ${schema}`);
      const call = await api.post(
        '/rpc/clock',
        {},
        {
          token,
          headers: { 'content-profile': schema },
        },
      );
      t.match(call, { status: 406, body: { code: 'PGRST106' } }, `call ${schema}`);
    }
  }
});

await t.test('no table of ours can be named, with its schema or without', async (t) => {
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'accounting'::regnamespace and relkind = 'r'
        and relname not in ('export_requests', 'export_runs')`,
  );
  t.ok(rows.length >= 10);
  for (const { name } of rows) {
    for (const path of [`/${name}`, `/accounting.${name}`, `/%22accounting%22.%22${name}%22`]) {
      t.match(await api.get(path, { token: service }), { status: 404 }, path);
    }
  }
});

await t.test('the description of the API names to each caller what it may use', async (t) => {
  const named = async (token?: string): Promise<string[]> => {
    const { status, body } = await api.get('/', token === undefined ? {} : { token });
    t.equal(status, 200);
    t.notMatch(JSON.stringify(body), /accounting\.|claim_reservations|audit_heads/, 'no table');
    return Object.keys((body as { paths: object }).paths);
  };
  t.strictSame(await named(), ['/'], 'anon: nothing');
  t.ok((await named(coordinator)).includes('/rpc/cancel_export'), 'a coordinator: the acts');
  t.notOk((await named(service)).includes('/rpc/cancel_export'), 'service_role: not those');
});

t.end();
