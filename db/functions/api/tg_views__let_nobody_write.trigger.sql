-- Postgres finds out that a view of several tables can't be written before it asks who is writing,
-- and says so as 55000, which PostgREST answers with a 500: an alarm that whoever has a token, or
-- none, could set off. With a trigger it asks for the right first, which nobody has: 42501, 401 or
-- 403.
create or replace function accounting.tg_views__let_nobody_write ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = '42501',
    message = 'nobody writes to ' || TG_TABLE_NAME,
    hint = 'It shows what the functions of schema api did.';
end;
$$;

comment on function accounting.tg_views__let_nobody_write() is
  'Keeps a view from being written by its owner; everybody else lacks the right, and hears that '
  'first.';

create or replace trigger let_nobody_write
  instead of insert or update or delete on api.declaration_templates
  for each row
  execute function accounting.tg_views__let_nobody_write();

create or replace trigger let_nobody_write
  instead of insert or update or delete on api.export_attention
  for each row
  execute function accounting.tg_views__let_nobody_write();

create or replace trigger let_nobody_write
  instead of insert or update or delete on api.export_claims
  for each row
  execute function accounting.tg_views__let_nobody_write();

create or replace trigger let_nobody_write
  instead of insert or update or delete on api.export_status
  for each row
  execute function accounting.tg_views__let_nobody_write();
