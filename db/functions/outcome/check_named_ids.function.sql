-- What a person names: by claim of this run, that is neither delivered nor released, its ids in the
-- ledger.
create or replace function accounting.check_named_ids (
  p_run accounting.export_requests,
  p_external_ids jsonb
)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_problem text;
begin
  if pg_catalog.jsonb_typeof(p_external_ids) <> 'object' or p_external_ids = '{}' then
    v_problem := 'not an object with a claim in it';
  else
    select case
      when r.claim_id is null then 'claim ' || pg_catalog.left(n.key, 40) || ' is not open in this run'
      else 'the ids of claim ' || n.key || ' are no array of ids'
    end
    into v_problem
    from pg_catalog.jsonb_each(p_external_ids) as n (key, ids)
    left join accounting.claim_reservations as r
      on r.organisation_id = p_run.organisation_id
      and r.run_id = p_run.run_id
      and r.claim_id::text = n.key
      and r.verdict = 'exportable'
      and r.delivered_at is null
      and r.released_at is null
    where r.claim_id is null
      or pg_catalog.jsonb_typeof(n.ids) <> 'array'
      or exists (
        select
        from pg_catalog.jsonb_array_elements(
          case pg_catalog.jsonb_typeof(n.ids) when 'array' then n.ids else '[]' end
        ) as i (id)
        where pg_catalog.jsonb_typeof(i.id) <> 'string'
          or i.id #>> '{}' !~ '^[A-Za-z0-9][A-Za-z0-9:._/#-]{0,99}$'
      )
    limit 1;
  end if;
  if v_problem is not null then
    raise exception using
      errcode = 'AX025',
      message = 'p_external_ids doesn''t fit the run',
      detail = v_problem,
      hint = 'By claim id an array of the ids that the ledger gave, at most 100 characters without '
        'blanks: {"<claim id>": ["1001"]}.';
  end if;
end;
$$;

comment on function accounting.check_named_ids(accounting.export_requests, jsonb) is
  'Raises AX025 unless the object names open claims of the run, each with an array of ids.';
