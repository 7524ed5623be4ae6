-- A decimal string with at most two decimals: what fits numeric(12,2).
create or replace function accounting.is_money (p_value jsonb)
  returns boolean
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    pg_catalog.jsonb_typeof(p_value) = 'string'
    and p_value #>> '{}' ~ '^-?[0-9]{1,10}(\.[0-9]{1,2})?$',
    false
  );
$$;

comment on function accounting.is_money(jsonb) is 'Whether this is an amount as a decimal string.';
