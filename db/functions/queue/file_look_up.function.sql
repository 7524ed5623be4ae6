-- What asking about a file is: a look into export_files. By the run's batch key; without a run by the
-- claims, which any run may have written and no person voided since. `isTaken`: another run's file has
-- the key. `isHistoryLost`: after a restore a file of the history that was lost may have been imported,
-- and nobody but a person can tell.
create or replace function accounting.file_look_up (
  p_organisation_id uuid,
  p_run_id uuid,
  p_batch_key text,
  p_claim_ids uuid[]
)
  returns jsonb
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.jsonb_build_object(
    'nameByClaimId', coalesce((
      select pg_catalog.jsonb_object_agg(h.claim_id, h.name)
      from (
        select c.id as claim_id, f.name
        from accounting.export_files as f
        join pg_catalog.unnest(p_claim_ids) as c (id) on c.id = any (f.claim_ids)
        where f.organisation_id = p_organisation_id
          and f.run_id = p_run_id
          and f.batch_key = p_batch_key
        union all
        select r.claim_id, max(f.name)
        from accounting.claim_reservations as r
        join accounting.export_files as f
          on f.organisation_id = r.organisation_id
          and f.run_id = r.run_id
          and r.claim_id = any (f.claim_ids)
        where p_run_id is null
          and r.organisation_id = p_organisation_id
          and r.claim_id = any (p_claim_ids)
          and r.outcome is distinct from 'voided'
        group by r.claim_id
      ) as h
    ), '{}'),
    'isTaken', exists (
      select
      from accounting.export_files as f
      where f.organisation_id = p_organisation_id
        and f.batch_key = p_batch_key
        and f.run_id <> p_run_id
    ),
    'isHistoryLost', p_run_id is not null and exists (
      select
      from accounting.claims as c
      where c.organisation_id = p_organisation_id
        and c.id = any (p_claim_ids)
        and c.flagged_by = 'restore'
    )
  );
$$;

comment on function accounting.file_look_up(uuid, uuid, text, uuid[]) is
  'Which of the claims are in which file: what a dispatcher answers from when it asks about files.';
