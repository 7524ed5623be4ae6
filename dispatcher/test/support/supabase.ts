import pg from 'pg';

import { startEmbeddedPostgres } from '../../../sandbox/embedded-postgres.ts';
import type { PostgresVersion } from '../../../sandbox/postgres-binaries.ts';
import type { Teardown } from './database.ts';

export interface SupabaseLike {
  /** `supabase_admin`, the superuser that a customer doesn't get. */
  adminUrl(database: string): string;
  /** `postgres`, as which a customer migrates. */
  postgresUrl(database: string): string;
  urlFor(database: string, role: string, password: string): string;
}

/**
 * A server as Supabase sets one up, as far as its public set-up scripts tell: `postgres` is no
 * superuser and doesn't own the database, the API's roles are there, and so are schemas of its
 * services with tables of migrations that nobody else may read, and a vault whose encryption is
 * base64 only. Ends with `t`.
 *
 * More generous than Supabase in one thing: it grants the API's roles everything that `postgres`
 * makes in `public`; here the same is granted in every schema, so that a right we forget to take
 * away is seen.
 */
export async function startSupabaseLike(
  t: Teardown,
  version: PostgresVersion,
): Promise<SupabaseLike> {
  const server = await startEmbeddedPostgres({ version, isDurable: false });
  t.teardown(() => server.stop());
  // The server's first role keeps its password under the new name.
  const adminUrl = (database: string): string => server.urlFor(database, 'supabase_admin');
  await run(server.url, `create role stand_in superuser login password 'stand-in'`);
  await run(
    server.urlFor('postgres', 'stand_in', 'stand-in'),
    'alter role postgres rename to supabase_admin',
  );
  await run(adminUrl('postgres'), roles(version));
  for (const statement of settings) await run(adminUrl('postgres'), statement);
  await run(adminUrl('postgres'), services);
  return {
    adminUrl,
    postgresUrl: (database) => server.urlFor(database, 'postgres', 'customer'),
    urlFor: (database, role, password) => server.urlFor(database, role, password),
  };
}

/** Its `postgres` may administer the API's roles from 16 on; before, any role that creates roles. */
const roles = (version: PostgresVersion): string => `
  drop role stand_in;
  create role anon nologin;
  create role authenticated nologin;
  create role service_role nologin bypassrls;
  create role authenticator login noinherit password 'authenticator';
  grant anon, authenticated, service_role to authenticator;
  create role supabase_auth_admin login noinherit createrole;
  create role supabase_storage_admin login noinherit createrole;
  create role postgres
    login nosuperuser createdb createrole replication bypassrls password 'customer';
  grant anon, authenticated, service_role to postgres ${version >= 16 ? 'with admin option' : ''};
  grant all on database postgres to postgres;`;

const settings = [
  'alter role postgres set search_path = "$user", public, extensions',
  `alter role postgres set statement_timeout = '2min'`,
  `alter role anon set statement_timeout = '3s'`,
  `alter role authenticated set statement_timeout = '8s'`,
  `alter role authenticator set lock_timeout = '8s'`,
];

/** What stands in a project's database before the customer's first migration. */
const services = `
  create schema extensions;
  grant usage on schema extensions to postgres, anon, authenticated, service_role;
  grant usage on schema public to postgres, anon, authenticated, service_role;
  grant create on schema public to postgres;

  alter default privileges for role postgres
    grant all on schemas to anon, authenticated, service_role;
  alter default privileges for role postgres
    grant all on tables to anon, authenticated, service_role;
  alter default privileges for role postgres
    grant all on functions to anon, authenticated, service_role;
  alter default privileges for role postgres
    grant all on sequences to anon, authenticated, service_role;

  create schema auth authorization supabase_auth_admin;
  create table auth.schema_migrations (version varchar(255) primary key);
  insert into auth.schema_migrations values ('20171026211738');
  alter table auth.schema_migrations owner to supabase_auth_admin;

  create schema storage authorization supabase_storage_admin;
  create table storage.migrations (
    id integer primary key,
    name varchar(100) unique not null,
    hash varchar(40) not null,
    executed_at timestamp default current_timestamp
  );
  insert into storage.migrations
  values (0, 'create-migrations-table', 'theirs'), (1, 'initialmigration', 'theirs too');
  alter table storage.migrations owner to supabase_storage_admin;
  grant usage on schema storage to postgres, anon, authenticated, service_role;

  create schema vault;
  grant usage on schema vault to postgres with grant option;
  create table vault.secrets (
    id uuid primary key default gen_random_uuid(),
    name text,
    description text not null default '',
    secret text not null,
    key_id uuid,
    nonce bytea,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create unique index secrets_name_idx on vault.secrets (name) where name is not null;
  create view vault.decrypted_secrets as
    select id, name, description, secret,
      convert_from(decode(secret, 'base64'), 'utf8') as decrypted_secret,
      key_id, nonce, created_at, updated_at
    from vault.secrets;
  grant select on vault.secrets, vault.decrypted_secrets to postgres with grant option;

  create schema supabase_migrations authorization postgres;
  create table supabase_migrations.schema_migrations (
    version text primary key, statements text[], name text
  );
  alter table supabase_migrations.schema_migrations owner to postgres;`;

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
