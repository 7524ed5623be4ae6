-- As hindrances_of, for what a driver acknowledged.
create or replace function accounting.declaration_hindrance_of (
  p_organisation_id uuid,
  p_driver_id text
)
  returns jsonb
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
    'hindrance', j.hindrance,
    'claim_count', 0,
    'references', '[]'::jsonb,
    'free_at', j.free_at,
    'words', pg_catalog.format('%s of a declaration, ', case j.act_count
      when 1 then '1 act' else j.act_count || ' acts'
    end) || case j.hindrance
      when 'declaration_proves_honoraria' then 'kept with the honoraria that it is the evidence of'
      when 'declaration_counts' then 'which still counts: it is not withdrawn'
      else 'to be kept until ' || pg_catalog.to_char(j.free_at, 'YYYY-MM-DD')
    end
  )), '[]')
  from accounting.judge_declaration_erasure(p_organisation_id, p_driver_id) as j
  where j.hindrance is not null;
$$;

comment on function accounting.declaration_hindrance_of(uuid, text) is
  'Why a driver''s declarations may not be erased yet: an array of one item at most.';
