/** Who has which right on what is ours, from the catalogue. */
import type { Pool } from 'pg';

/** Every right that one of the roles has on what is ours, whoever granted it and however. */
export const rightsQuery = `
  with role (name) as (
    values ('anon'), ('authenticated'), ('service_role'), ('export_dispatcher')
  ),
  ours as (
    select oid, nspname as name from pg_namespace
    where nspname in ('accounting', 'api', 'accounting_migrations')
  ),
  relation as (
    select c.oid, c.oid::regclass::text as name
    from pg_class c join ours on ours.oid = c.relnamespace
    where c.relkind in ('r', 'v', 'm', 'f', 'p')
  )
  select role.name || ': ' || p || ' on schema ' || ours.name as line
  from role, ours, unnest(array['usage', 'create']) as p
  where has_schema_privilege(role.name, ours.oid, p)
  union all
  select role.name || ': execute ' || f.oid::regprocedure
  from role, pg_proc as f join ours on ours.oid = f.pronamespace
  where has_function_privilege(role.name, f.oid, 'execute')
  union all
  select role.name || ': ' || p || ' on ' || relation.name
  from role, relation,
    unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as p
  where has_table_privilege(role.name, relation.oid, p)
  union all
  select role.name || ': ' || p || ' on ' || relation.name || '.' || a.attname
  from role, unnest(array['select', 'insert', 'update', 'references']) as p, relation
  join pg_attribute as a on a.attrelid = relation.oid and a.attnum > 0 and not a.attisdropped
  where has_column_privilege(role.name, relation.oid, a.attnum, p)
  order by line`;

/**
 * Each table, view and function of the schemas, a block each: whether row level security is on, and what
 * the roles behind PostgREST may do with it, whole or by column.
 */
export async function describeRights(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{
    object: string;
    has_row_security: boolean | null;
    roles: string | null;
    what: string | null;
  }>(
    `with object as (
       select c.oid, c.oid::regclass::text as name,
              case c.relkind when 'r' then c.relrowsecurity end as has_row_security
         from pg_class as c
        where c.relnamespace in ('accounting'::regnamespace, 'api'::regnamespace,
                                 'accounting_migrations'::regnamespace)
          and c.relkind in ('r', 'v', 'm', 'f', 'p')
     ),
     role as (
       select name, place
         from unnest(array['anon', 'authenticated', 'service_role']) with ordinality as r (name, place)
     ),
     allowed as (
       select object.oid, role.name, role.place, p || ' all' as what, 0 as at
         from object, role,
              unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references',
                           'trigger']) as p
        where has_table_privilege(role.name, object.oid, p)
       union all
       select object.oid, role.name, role.place,
              p || ' ' || string_agg(a.attname, ', ' order by a.attnum), 1
         from object, role, unnest(array['select', 'insert', 'update', 'references']) as p,
              pg_attribute as a
        where a.attrelid = object.oid and a.attnum > 0 and not a.attisdropped
          and has_column_privilege(role.name, object.oid, a.attnum, p)
          and not has_table_privilege(role.name, object.oid, p)
        group by object.oid, role.name, role.place, p
     )
     select object.name as object, object.has_row_security,
            string_agg(allowed.name, ', ' order by allowed.place) as roles, allowed.what
       from object left join allowed on allowed.oid = object.oid
      group by object.name, object.has_row_security, allowed.what, allowed.at
      order by object.name, allowed.at, allowed.what`,
  );
  const blocks = new Map<string, string[]>();
  for (const { object, has_row_security: hasIt, roles, what } of rows) {
    const lines = blocks.get(object) ?? [];
    if (lines.length === 0 && hasIt !== null) {
      lines.push(`  row level security is ${hasIt ? 'on' : 'OFF'}`);
    }
    if (roles !== null) lines.push(`  ${roles}: ${what ?? ''}`);
    blocks.set(object, lines);
  }
  return `${[...blocks].map(([object, lines]) => [object, ...lines].join('\n')).join('\n\n')}\n`;
}
