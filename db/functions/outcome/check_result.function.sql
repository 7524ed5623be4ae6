-- A dispatcher reports on its runs' own claims, and never a person's decision: its login may call
-- record_results and nothing else, so this is what keeps it to its part.
create or replace function accounting.check_result (p_result jsonb)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_result -> 'run_id' = 'null' and p_result ->> 'kind' = 'reconciliation' then
    perform accounting.check_claim_answers(p_result);
    return;
  end if;
  if coalesce(p_result ->> 'kind' not in ('attempt', 'reconciliation'), true)
    or exists (
      select
      from pg_catalog.jsonb_path_query(p_result, '$.rows[*].claim_ids[*]') as c (id)
      where not exists (
        select
        from accounting.claim_reservations as r
        where r.organisation_id = (p_result ->> 'organisation_id')::uuid
          and r.run_id = (p_result ->> 'run_id')::uuid
          and r.claim_id = (c.id #>> '{}')::uuid
          and r.verdict in ('exportable', 'already_exported')
      )
    )
  then
    raise exception using
      errcode = 'AX023',
      message = 'that is not a result of this run',
      detail = 'run ' || coalesce(p_result ->> 'run_id', 'none'),
      hint = 'Report attempts and questions, for claims that the run reserved.';
  end if;
  perform accounting.check_file_result(p_result);
end;
$$;

comment on function accounting.check_result(jsonb) is
  'Raises AX023 for a result that is none of the run''s: a decision, or a claim it didn''t reserve.';
