-- The two schemas and the roles. `accounting` holds everything and is exposed to nobody;
-- `api` is the only schema that PostgREST shows. The three roles of the API are those that
-- Supabase brings along; on a plain Postgres they are made here.

create schema if not exists accounting;
create schema if not exists api;

comment on schema accounting is
  'Claims, export runs, the guard and the audit trail. Not exposed; written to by functions only.';
comment on schema api is
  'What PostgREST exposes: views and functions for apps, coordinators and auditors.';

-- A role belongs to the whole server: another database of it may have been migrated before, or be
-- at this moment, by somebody whose role we may not touch. So only who makes it comments on it.
do $$
declare
  v_role text;
begin
  foreach v_role in array array['anon', 'authenticated', 'service_role', 'export_dispatcher'] loop
    if not exists (select from pg_catalog.pg_roles where rolname = v_role) then
      begin
        execute pg_catalog.format('create role %I nologin', v_role);
        if v_role = 'export_dispatcher' then
          comment on role export_dispatcher is
            'What a dispatcher''s login is a member of: may call the dispatcher''s functions, sees no '
            'table.';
        end if;
      exception when duplicate_object or unique_violation then
        null;
      end;
    end if;
  end loop;
end;
$$;
