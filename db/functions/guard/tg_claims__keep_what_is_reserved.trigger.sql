-- A claim that a run holds, or that was exported, can't be edited or withdrawn: the ledger has, or
-- is about to get, what was frozen. Marks of our own (exported, flagged) may change, and a person may
-- be erased, as keep_what_is_erased allows.
create or replace function accounting.tg_claims__keep_what_is_reserved ()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if TG_OP = 'DELETE' then
    perform accounting.refuse_if_reserved(OLD.organisation_id, OLD.id);
    return OLD;
  end if;
  if (NEW.organisation_id, NEW.id, NEW.reference)
    is distinct from (OLD.organisation_id, OLD.id, OLD.reference)
  then
    raise exception using
      errcode = 'AX013',
      message = 'a claim''s reference never changes',
      detail = pg_catalog.format('claim %s has the reference %s', OLD.id, OLD.reference),
      hint = 'It is what the ledger is asked for. Withdraw the claim and make a new one.';
  end if;
  if (NEW.kind, NEW.state, NEW.claimant_id, NEW.claimant_name, NEW.currency, NEW.total)
    is distinct from
    (OLD.kind, OLD.state, OLD.claimant_id, OLD.claimant_name, OLD.currency, OLD.total)
    and NEW.erasure_id is null
  then
    perform accounting.refuse_if_reserved(OLD.organisation_id, OLD.id);
    NEW.updated_at := accounting.clock();
  end if;
  return NEW;
end;
$$;

create or replace trigger keep_what_is_reserved
  before update or delete on accounting.claims
  for each row
  execute function accounting.tg_claims__keep_what_is_reserved();
