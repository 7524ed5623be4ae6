-- What a remote said of a follow-up is sanitised as the trail is.
create or replace function accounting.tg_follow_ups__sanitise ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  NEW.problem := accounting.sanitise_error(NEW.problem);
  return NEW;
end;
$$;

create or replace trigger sanitise
  before insert or update of problem on accounting.follow_ups
  for each row
  execute function accounting.tg_follow_ups__sanitise();
