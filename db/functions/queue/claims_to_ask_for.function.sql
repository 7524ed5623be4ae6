-- The claims of a run that asking concerns: the last outcome was unknown, or an earlier one was and
-- their absence is not proved yet, so that they can't be released. Of a run that has ended: all
-- that it ever sent or was doubted to have, but those that a person removed, and those that another
-- run delivered: by reference the ledger would tell of that run's booking. That run asks for them.
create or replace function accounting.claims_to_ask_for (p_organisation_id uuid, p_run_id uuid)
  returns table (claim_id uuid)
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select r.claim_id
  from accounting.export_requests as e
  join accounting.claim_reservations as r
    on r.organisation_id = e.organisation_id
    and r.run_id = e.run_id
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id
    and r.verdict = 'exportable'
    and case
      when e.ask_at is not null
        then (e.attempt_no > 0 or r.doubted_at is not null)
          and r.outcome is distinct from 'voided'
          and not exists (
            select
            from accounting.claim_reservations as other
            where other.organisation_id = r.organisation_id
              and other.claim_id = r.claim_id
              and other.run_id <> r.run_id
              and other.verdict = 'exportable'
              and other.delivered_at is not null
              and other.released_at is null
          )
      else r.released_at is null
        and r.delivered_at is null
        and (r.outcome = 'unknown' or (r.doubted_at is not null and r.absence_proved_at is null))
    end
  order by r.claim_id;
$$;

comment on function accounting.claims_to_ask_for(uuid, uuid) is
  'The claims of a run about which the accounting system has to be asked.';
