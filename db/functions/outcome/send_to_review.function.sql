-- A person is needed. A run that somebody carries right now goes there when it is put down.
create or replace function accounting.send_to_review (
  p_organisation_id uuid,
  p_run_id uuid,
  p_reason text
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  update accounting.export_requests as e
  set review_reason = p_reason
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id;
  update accounting.export_requests as e
  set state = 'needs_review',
    next_attempt_at = null,
    lease_id = null,
    lease_expires_at = null,
    leased_by = null
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id
    and e.state in ('queued', 'retry_wait', 'in_doubt');
end;
$$;

comment on function accounting.send_to_review(uuid, uuid, text) is
  'Moves a waiting run to needs_review; one that is being carried follows when it is put down.';
