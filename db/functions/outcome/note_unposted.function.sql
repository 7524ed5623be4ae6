-- A run that was to be posted, and claims of it that only wait in a journal: a person posts them.
create or replace function accounting.note_unposted (
  p_run accounting.export_requests,
  p_external_ids jsonb
)
  returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  select accounting.note_fault(
    p_run,
    array(
      select r.claim_id
      from accounting.claim_reservations as r
      where r.organisation_id = p_run.organisation_id
        and r.run_id = p_run.run_id
        and r.delivered_at is not null
        and r.released_at is null
        -- What a person booked may bear any id, or none.
        and r.outcome in ('accepted', 'found')
        and p_external_ids ? r.claim_id::text
        and not pg_catalog.jsonb_path_exists(
          p_external_ids -> r.claim_id::text, '$[*] ? (@ starts with "entry:")'
        )
    ),
    'in the journal, not posted: post it by hand'
  )
  where p_run.frozen_input #> '{settings,post_journal}' = 'true';
$$;

comment on function accounting.note_unposted(accounting.export_requests, jsonb) is
  'Notes a fault of delivered claims that have no entry among their ids, where their run posts.';
