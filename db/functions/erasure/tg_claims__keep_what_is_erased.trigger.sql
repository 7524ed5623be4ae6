-- Erased is erased: nothing of such a claim is filled in or changed again. And a claim is erased only
-- where nothing stands in the way, whoever does it: the rule is here, not in the function that does.
create or replace function accounting.tg_claims__keep_what_is_erased ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_hindrance text;
begin
  if OLD.erasure_id is null and NEW.erasure_id is null then
    return NEW;
  end if;
  if OLD.erasure_id is not null
    and (NEW.kind, NEW.state, NEW.claimant_id, NEW.claimant_name, NEW.currency, NEW.total,
      NEW.erasure_id)
    is distinct from (OLD.kind, OLD.state, OLD.claimant_id, OLD.claimant_name, OLD.currency,
      OLD.total, OLD.erasure_id)
  then
    perform accounting.raise_erased(OLD.id);
  end if;
  if OLD.erasure_id is null then
    select j.hindrance into v_hindrance
    from accounting.judge_erasure(OLD.organisation_id, array[OLD.id]) as j;
    if v_hindrance is not null
      or (NEW.kind, NEW.state, NEW.currency, NEW.total)
        is distinct from (OLD.kind, OLD.state, OLD.currency, OLD.total)
    then
      raise exception using
        errcode = 'AX050',
        message = 'the claim can''t be erased yet',
        detail = pg_catalog.format(
          'claim %s: %s', OLD.id, coalesce(v_hindrance, 'erasing changes nothing else')
        ),
        hint = 'docs/data.md says what each means, and what ends it.';
    end if;
  end if;
  return NEW;
end;
$$;

create or replace trigger keep_what_is_erased
  before update on accounting.claims
  for each row
  execute function accounting.tg_claims__keep_what_is_erased();
