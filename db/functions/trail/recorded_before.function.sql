-- The row that says the same already: a dispatcher that lost the answer of a commit tells again.
-- Decisions have no lease and are never taken for one another.
create or replace function accounting.recorded_before (p_row accounting.export_runs)
  returns accounting.export_runs
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_row accounting.export_runs;
begin
  if p_row.run_id is null then
    select * into v_row
    from accounting.export_runs as x
    where x.organisation_id = p_row.organisation_id
      and x.run_id is null
      and x.lease_id = p_row.lease_id
      and x.kind = p_row.kind
      and x.outcome = p_row.outcome
      and x.envelope_no = p_row.envelope_no
      and x.claim_ids ->> 0 = p_row.claim_ids ->> 0;
  else
    select * into v_row
    from accounting.export_runs as x
    where x.organisation_id = p_row.organisation_id
      and x.run_id = p_row.run_id
      and x.kind = p_row.kind
      and x.attempt_no = p_row.attempt_no
      and x.outcome = p_row.outcome
      and x.lease_id = p_row.lease_id
      and x.envelope_no = p_row.envelope_no
      and x.claim_ids ->> 0 = p_row.claim_ids ->> 0;
  end if;
  return v_row;
end;
$$;

comment on function accounting.recorded_before(accounting.export_runs) is
  'The row of the trail that the same lease recorded before; all null: none.';
