-- Settings are checked when they are written, not when the first claim fails on them.
create or replace function accounting.tg_integrations__check_settings ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_problems text := accounting.settings_problems(NEW.system, NEW.settings);
begin
  if v_problems is not null then
    raise exception using
      errcode = 'AX010',
      message = pg_catalog.format('the settings of the integration %s are not valid', NEW.system),
      detail = v_problems,
      hint = 'The keys of each system are in docs/organisation-file.md.';
  end if;
  NEW.updated_at := accounting.clock();
  return NEW;
end;
$$;

create or replace trigger check_settings
  before insert or update of system, settings on accounting.integrations
  for each row
  execute function accounting.tg_integrations__check_settings();
