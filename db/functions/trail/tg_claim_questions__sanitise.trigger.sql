-- Why a person is needed quotes a remote: sanitised as the trail is.
create or replace function accounting.tg_claim_questions__sanitise ()
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
  before insert or update of problem on accounting.claim_questions
  for each row
  execute function accounting.tg_claim_questions__sanitise();
