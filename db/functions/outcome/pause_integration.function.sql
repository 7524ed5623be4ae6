-- The system refuses us, whatever we send or ask: nothing more is sent until somebody has looked.
create or replace function accounting.pause_integration (p_result jsonb)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_reason text := coalesce(
    pg_catalog.jsonb_path_query_first(
      p_result, '$.rows[*] ? (@.failure == "configuration").error_message'
    ) #>> '{}',
    'the system refused us'
  );
begin
  update accounting.integrations as i
  set paused_at = accounting.clock(),
    paused_reason = v_reason
  where i.organisation_id = (p_result ->> 'organisation_id')::uuid
    and i.paused_at is null
    and i.system = (
      select e.system
      from accounting.export_requests as e
      where e.organisation_id = i.organisation_id
        and e.run_id = (p_result ->> 'run_id')::uuid
        and e.lease_id = (p_result ->> 'lease_id')::uuid
      union all
      select q.system
      from accounting.claim_questions as q
      where q.organisation_id = i.organisation_id
        and q.lease_id = (p_result ->> 'lease_id')::uuid
      limit 1
    );
end;
$$;

comment on function accounting.pause_integration(jsonb) is
  'Pauses the integration of a run whose result says that the system refuses us.';
