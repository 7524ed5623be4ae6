-- For the triggers of tables that keep who decided what, when and why: per statement, since a row
-- trigger lets an update of no rows pass, and truncate has no rows.
create or replace function accounting.tg_history__append_only ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'AX021',
    message = 'this history is append-only',
    detail = pg_catalog.format('%s on %I.%I', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME),
    hint = 'What was wrong is corrected by a later row, never by changing this one.';
end;
$$;

comment on function accounting.tg_history__append_only() is 'Raises AX021.';
