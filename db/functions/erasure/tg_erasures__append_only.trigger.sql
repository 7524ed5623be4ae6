-- What was erased, when and on what ground stays, like the trail. Statement triggers, as there.
create or replace function accounting.tg_erasures__append_only ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'AX021',
    message = 'the record of what was erased is append-only',
    detail = pg_catalog.format('%s on %I.%I', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME),
    hint = 'A later erasure has a row of its own.';
end;
$$;

create or replace trigger refuse_update
  before update on accounting.erasures
  for each statement
  execute function accounting.tg_erasures__append_only();

create or replace trigger refuse_delete
  before delete on accounting.erasures
  for each statement
  execute function accounting.tg_erasures__append_only();

create or replace trigger refuse_truncate
  before truncate on accounting.erasures
  for each statement
  execute function accounting.tg_erasures__append_only();

alter table accounting.erasures enable always trigger refuse_update;
alter table accounting.erasures enable always trigger refuse_delete;
alter table accounting.erasures enable always trigger refuse_truncate;
