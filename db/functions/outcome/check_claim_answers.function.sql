-- Without a run a dispatcher tells of claims that are asked about, or were: of no others. Another
-- system's answer, a later lease's or a person may have cleared the flag meanwhile.
create or replace function accounting.check_claim_answers (p_result jsonb)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (
    select
    from pg_catalog.jsonb_path_query(p_result, '$.rows[*].claim_ids[*]') as a (id)
    left join accounting.claims as c
      on c.organisation_id = (p_result ->> 'organisation_id')::uuid
      and c.id = (a.id #>> '{}')::uuid
    where c.id is null
      or (
        c.flagged_at is null
        and not exists (
          select
          from accounting.export_runs as x
          where x.organisation_id = c.organisation_id
            and x.run_id is null
            and x.claim_ids OPERATOR(pg_catalog.?) c.id::text
        )
      )
  ) then
    raise exception using
      errcode = 'AX023',
      message = 'that is not a result of a question',
      detail = 'lease ' || coalesce(p_result ->> 'lease_id', 'none'),
      hint = 'Report claims that the lease named.';
  end if;
end;
$$;

comment on function accounting.check_claim_answers(jsonb) is
  'Raises AX023 for answers, without a run, about claims that nobody asked about.';
