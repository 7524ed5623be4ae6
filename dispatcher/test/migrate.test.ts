import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import pg from 'pg';
import t from 'tap';

import {
  ConfigurationError,
  migrate,
  NewerDatabaseError,
  pendingMigrations,
  SqlFileError,
} from '../migrate.ts';
import { createEmptyDatabase, useServer, type Teardown } from './support/database.ts';
import { waitFor } from './support/wait-for.ts';

// Kept for the whole file, also where it boots a server for itself.
const { release } = await useServer();
t.teardown(release);

const small: Readonly<Record<string, string>> = {
  'migrations/0001_things.sql': `
    create schema room;
    create table room.things (name text primary key);`,
  'migrations/0002_more_things.sql': `insert into room.things values ('chair');`,
  // Its name sorts before what it calls, and it reads a view: both only hold if the order does.
  'functions/a/count_all.function.sql': `
    create or replace function room.count_all() returns bigint
    language sql stable set search_path = ''
    as $$ select room.double(count(*)) from room.names $$;`,
  'functions/z/double.function.sql': `
    create or replace function room.double(p_number bigint) returns bigint
    language sql immutable set search_path = ''
    as $$ select p_number * 2 $$;`,
  'functions/a/names.view.sql': 'create view room.names as select name from room.things;',
  'functions/b/loud_names.view.sql': `
    create view room.loud_names as select upper(name) as name from room.names;`,
  'functions/b/tg_names__refuse.trigger.sql': `
    create or replace function room.tg_names__refuse() returns trigger
    language plpgsql set search_path = ''
    as $$ begin raise exception using errcode = 'AX999', message = 'no'; end $$;
    create trigger refuse instead of insert on room.names
      for each row execute function room.tg_names__refuse();`,
  'functions/b/things.policy.sql': `
    alter table room.things enable row level security;
    drop policy if exists reads on room.things;
    create policy reads on room.things for select using (true);`,
  'functions/b/names.grant.sql': 'grant select on room.names to public;',
};

async function folderWith(t: Teardown, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'accounting-migrate-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

async function ask<R extends pg.QueryResultRow>(databaseUrl: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Everything in our schemas that a second run could change, less what grants and ids differ by. */
const shape = `
  select c.relname as name, c.relkind::text as kind, c.relacl::text as rights
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('accounting', 'api', 'room')
  union all
  select p.oid::regprocedure::text, 'function', p.proacl::text
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('accounting', 'api', 'room')
  union all
  select tgrelid::regclass || '.' || tgname, 'trigger', tgenabled::text
    from pg_trigger where not tgisinternal
  union all
  select polrelid::regclass || '.' || polname, 'policy', null from pg_policy
  order by 1, 2, 3`;

await t.test(
  "installs the project's schema on an empty database, and again changes nothing",
  async (t) => {
    const databaseUrl = await createEmptyDatabase(t);
    const first = await migrate({ databaseUrl });
    t.ok(first.applied.length > 0, 'the first run applies migrations');
    t.ok(first.objects.function > 0, 'and functions');
    const before = await ask(databaseUrl, shape);
    t.ok(before.length > 0, 'there is a schema');

    const second = await migrate({ databaseUrl });
    t.same(second.applied, [], 'the second run applies no migration');
    t.same(second.objects, first.objects, 'and the same files of each kind');
    t.same(await ask(databaseUrl, shape), before, 'and the schema is the same');
  },
);

await t.test(
  'applies each kind when what it needs is there, whatever the names sort like',
  async (t) => {
    const databaseUrl = await createEmptyDatabase(t);
    const directory = await folderWith(t, small);
    const result = await migrate({ databaseUrl, directory });
    t.same(result, {
      applied: ['0001_things.sql', '0002_more_things.sql'],
      objects: { function: 2, view: 2, trigger: 1, policy: 1, grant: 1 },
    });
    t.same(await ask(databaseUrl, 'select room.count_all()::int as n'), [{ n: 2 }]);
    t.same(await ask(databaseUrl, 'select name from room.loud_names'), [{ name: 'CHAIR' }]);

    const before = await ask(databaseUrl, shape);
    await migrate({ databaseUrl, directory });
    t.same(await ask(databaseUrl, shape), before, 'views keep their triggers and grants');
    await t.rejects(ask(databaseUrl, `insert into room.names values ('x')`), { code: 'AX999' });
  },
);

await t.test('lets a function change its signature under a view that calls it', async (t) => {
  const databaseUrl = await createEmptyDatabase(t);
  const calls = {
    ...small,
    'functions/b/twice.view.sql': 'create view room.twice as select room.double(2) as n;',
  };
  await migrate({ databaseUrl, directory: await folderWith(t, calls) });
  const parameters = {
    ...calls,
    'functions/z/double.function.sql': `
      drop function if exists room.double(bigint);
      create or replace function room.double(p_number bigint, p_times int default 2)
      returns bigint language sql immutable set search_path = ''
      as $$ select p_number * p_times $$;`,
  };
  await migrate({ databaseUrl, directory: await folderWith(t, parameters) });
  t.same(await ask(databaseUrl, 'select n::int from room.twice'), [{ n: 4 }]);

  const result = {
    ...calls,
    'migrations/0003_double_is_numeric.sql': 'drop function room.double(bigint, int) cascade;',
    'functions/z/double.function.sql': `
      create or replace function room.double(p_number bigint, p_times int default 2)
      returns numeric language sql immutable set search_path = ''
      as $$ select p_number * 2.0 $$;`,
    'functions/a/count_all.function.sql': `
      create or replace function room.count_all() returns bigint
      language sql stable set search_path = ''
      as $$ select room.double(count(*))::bigint from room.names $$;`,
  };
  await migrate({ databaseUrl, directory: await folderWith(t, result) });
  t.same(await ask(databaseUrl, 'select n::text from room.twice'), [{ n: '4.0' }]);
});

await t.test(
  'four at once on an empty database all succeed, and one applies each migration',
  async (t) => {
    const databaseUrl = await createEmptyDatabase(t);
    const results = await Promise.all([1, 2, 3, 4].map(() => migrate({ databaseUrl })));
    const applied = results.map((result) => result.applied.length).sort();
    t.same(applied.slice(0, 3), [0, 0, 0], 'three find everything done');
    t.ok((applied[3] ?? 0) > 0, 'the one that came first has done it');
    t.same(await ask(databaseUrl, `select from pg_locks where locktype = 'advisory'`), []);
  },
);

await t.test('waits for a migration at work, and says so', async (t) => {
  const databaseUrl = await createEmptyDatabase(t);
  const directory = await folderWith(t, small);
  const other = new pg.Client({ connectionString: databaseUrl });
  await other.connect();
  t.teardown(() => other.end());
  await other.query('select pg_advisory_lock(4107225016)');
  const lines: string[] = [];
  const migrating = migrate({ databaseUrl, directory, log: (line) => lines.push(line) });
  await waitFor(() => lines.some((line) => line.includes('waiting')), { what: 'the line' });
  t.same(await ask(databaseUrl, `select from pg_namespace where nspname = 'room'`), []);
  await other.query('select pg_advisory_unlock(4107225016)');
  t.equal((await migrating).applied.length, 2);
});

await t.test("somebody else's table named migrations is neither read nor written", async (t) => {
  const databaseUrl = await createEmptyDatabase(t);
  await ask(
    databaseUrl,
    `create table public.migrations (id integer primary key, name text, hash text);
     insert into public.migrations values (0, 'theirs', 'x'), (1, 'theirs too', 'y')`,
  );
  const theirs = await ask(databaseUrl, 'select * from public.migrations order by id');
  const directory = await folderWith(t, small);
  t.equal((await migrate({ databaseUrl, directory })).applied.length, 2);
  t.equal((await migrate({ databaseUrl, directory })).applied.length, 0);
  t.same(await ask(databaseUrl, 'select * from public.migrations order by id'), theirs);
});

await t.test("a login's own search_path and time-outs don't get in the way", async (t) => {
  const databaseUrl = await createEmptyDatabase(t);
  const name = new URL(databaseUrl).pathname.slice(1);
  await ask(
    databaseUrl,
    `alter database ${name} set search_path = public; alter database ${name} set statement_timeout = 200`,
  );
  const slow = { ...small, 'migrations/0003_slow.sql': 'select pg_catalog.pg_sleep(0.4);' };
  t.equal((await migrate({ databaseUrl, directory: await folderWith(t, slow) })).applied.length, 3);
});

await t.test('an error names the file and the line, and nothing of the pass remains', async (t) => {
  const databaseUrl = await createEmptyDatabase(t);
  await migrate({ databaseUrl, directory: await folderWith(t, small) });
  const before = await ask(databaseUrl, shape);
  const inPass = async (name: string, text: string): Promise<SqlFileError> => {
    const directory = await folderWith(t, {
      ...small,
      'functions/a/aa_fresh.function.sql': `
        create or replace function room.fresh() returns int language sql
        set search_path = '' as 'select 1';`,
      [name]: text,
    });
    const error: unknown = await migrate({ databaseUrl, directory }).catch((e: unknown) => e);
    t.same(await ask(databaseUrl, shape), before, `${name} leaves the schema as it was`);
    if (error instanceof SqlFileError) return error;
    throw error;
  };

  const body = await inPass(
    'functions/b/broken.function.sql',
    `-- blåbær\ncreate or replace function room.broken() returns int\nlanguage sql set search_path = ''\nas $$ select nothing from room.nowhere $$;`,
  );
  t.match(body.file, /broken\.function\.sql$/);
  t.equal(body.line, 4);
  t.equal(body.code, '42P01');
  t.match(body.message, /broken\.function\.sql:4: /);

  const unqualified = await inPass(
    'functions/b/unqualified.grant.sql',
    'grant select on things to public;',
  );
  t.equal(unqualified.code, '42P01', 'a name without its schema means nothing');
  t.match(unqualified.file, /unqualified\.grant\.sql$/);

  const kindless = await inPass('functions/b/kindless.sql', 'select 1;');
  t.match(kindless.file, /kindless\.sql$/);
});

await t.test(
  'a broken migration is named with its line, those before it stay, and it can be mended',
  async (t) => {
    const databaseUrl = await createEmptyDatabase(t);
    const broken = {
      ...small,
      'migrations/0003_broken.sql': 'select 1;\n\nselect from room.nowhere;',
    };
    const directory = await folderWith(t, broken);
    const error: unknown = await migrate({ databaseUrl, directory }).catch((e: unknown) => e);
    t.ok(error instanceof SqlFileError);
    t.match(error, { code: '42P01', line: 3, file: /0003_broken\.sql$/ });

    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    t.teardown(() => client.end());
    t.same(await pendingMigrations(client, directory), ['0003_broken.sql']);
    await writeFile(path.join(directory, 'migrations/0003_broken.sql'), 'select 1;');
    t.same((await migrate({ databaseUrl, directory })).applied, ['0003_broken.sql']);
    t.same(await pendingMigrations(client, directory), []);
  },
);

await t.test('a table that somebody holds is waited for a while, and left as it was', async (t) => {
  const databaseUrl = await createEmptyDatabase(t);
  await migrate({ databaseUrl, directory: await folderWith(t, small) });
  const before = await ask(databaseUrl, shape);
  const holder = new pg.Client({ connectionString: databaseUrl });
  await holder.connect();
  t.teardown(() => holder.end());
  // What a dispatcher's open transaction holds.
  await holder.query(`begin; insert into room.things values ('table')`);

  const column = { 'migrations/0003_column.sql': 'alter table room.things add column legs int;' };
  const trigger = {
    'functions/b/tg_things__count.trigger.sql': `
      create or replace function room.tg_things__count() returns trigger
      language plpgsql set search_path = '' as $$ begin return null; end $$;
      create or replace trigger count after delete on room.things
        for each statement execute function room.tg_things__count();`,
  };
  for (const change of [column, trigger]) {
    const directory = await folderWith(t, { ...small, ...change });
    const refused = migrate({ databaseUrl, directory, lockTimeoutMs: 100 });
    await t.rejects(refused, { code: '55P03', message: /another session holds.*try again/is });
    t.same(await ask(databaseUrl, shape), before, 'nothing of it remains');
  }
  await holder.query('commit');
  const directory = await folderWith(t, { ...small, ...column, ...trigger });
  t.same((await migrate({ databaseUrl, directory })).applied, ['0003_column.sql']);
});

await t.test('an empty database has all migrations pending', async (t) => {
  const client = new pg.Client({ connectionString: await createEmptyDatabase(t) });
  await client.connect();
  t.teardown(() => client.end());
  const directory = await folderWith(t, small);
  const pending = await pendingMigrations(client, directory);
  t.same(pending, ['0001_things.sql', '0002_more_things.sql']);
});

await t.test('a migration that was changed after it was applied is refused', async (t) => {
  const databaseUrl = await createEmptyDatabase(t);
  const directory = await folderWith(t, small);
  await migrate({ databaseUrl, directory });
  await writeFile(path.join(directory, 'migrations/0002_more_things.sql'), 'select 2;');
  await t.rejects(migrate({ databaseUrl, directory }), { message: /0002_more_things\.sql/ });
});

await t.test('an older version leaves a newer database alone', async (t) => {
  const databaseUrl = await createEmptyDatabase(t);
  const newer = { ...small, 'migrations/0003_later.sql': 'select 3;' };
  await migrate({ databaseUrl, directory: await folderWith(t, newer) });
  const older = await folderWith(t, small);
  await t.rejects(migrate({ databaseUrl, directory: older }), NewerDatabaseError);
});

await t.test('works for an owner who is no superuser', async (t) => {
  const databaseUrl = await createEmptyDatabase(t);
  const url = new URL(databaseUrl);
  const [database, role] = [url.pathname.slice(1), `accounting_owner_${process.pid}`];
  await ask(
    databaseUrl,
    `create role ${role} login createrole password 'owner'; alter database ${database} owner to ${role}`,
  );
  t.teardown(async () => {
    const maintenance = new URL(databaseUrl);
    maintenance.pathname = '/postgres';
    await ask(maintenance.href, `drop database if exists ${database} with (force)`);
    await ask(maintenance.href, `drop role ${role}`);
  });
  url.username = role;
  url.password = 'owner';
  const directory = await folderWith(t, small);
  t.equal((await migrate({ databaseUrl: url.href, directory })).applied.length, 2);
  t.equal((await migrate({ databaseUrl: url.href, directory })).applied.length, 0);
});

await t.test('tells PostgREST to read the schema anew', async (t) => {
  const databaseUrl = await createEmptyDatabase(t);
  const listener = new pg.Client({ connectionString: databaseUrl });
  await listener.connect();
  t.teardown(() => listener.end());
  const heard: string[] = [];
  listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
  await listener.query('listen pgrst');
  await migrate({ databaseUrl, directory: await folderWith(t, small) });
  await waitFor(() => heard.length > 0, { what: 'a notification' });
  t.same(heard, ['reload schema']);
});

await t.test(
  'settings that lead to no database are told apart from a failed migration',
  async (t) => {
    const missing = new URL(await createEmptyDatabase(t));
    missing.pathname = '/no_such_database';
    const wrong = new URL(missing);
    wrong.password = 'hemmelig';
    const urls = ['', 'mysql://localhost/x', 'not a url', missing.href, wrong.href];
    urls.push('postgresql://nobody@127.0.0.1:1/x');
    for (const databaseUrl of urls) {
      const error: unknown = await migrate({ databaseUrl }).catch((e: unknown) => e);
      t.ok(error instanceof ConfigurationError, `${databaseUrl.slice(0, 14)}… is a wrong setting`);
      t.notMatch(String(error), /hemmelig/, 'and the password is not told');
    }
  },
);

await t.test('the command says what it did, and exits with 0, 1 or 78', async (t) => {
  const databaseUrl = await createEmptyDatabase(t);
  const program = fileURLToPath(new URL('../migrate.ts', import.meta.url));
  const run = (value: string) =>
    spawnSync(process.execPath, ['--import=tsx', program], {
      env: { PATH: process.env['PATH'], DATABASE_URL: value },
      encoding: 'utf8',
    });

  const unset = run('');
  t.equal(unset.status, 78);
  t.match(unset.stderr, /DATABASE_URL is not set/);

  const done = run(databaseUrl);
  t.equal(done.status, 0, done.stderr);
  t.match(done.stdout, /applied 0001_\w+\.sql\n/);
  t.match(done.stdout, /The database is up to date .*\n$/);

  await ask(
    databaseUrl,
    `insert into accounting_migrations.migrations values (9999, 'later', 'x')`,
  );
  t.equal(run(databaseUrl).status, 1);
});
