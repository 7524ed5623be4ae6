-- What stands in the way of erasing claims, one item for each kind of hindrance, with the first
-- references, so that somebody can do something about it. Names nobody.
create or replace function accounting.hindrances_of (p_organisation_id uuid, p_claim_ids uuid[])
  returns jsonb
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(pg_catalog.jsonb_agg(
    pg_catalog.jsonb_build_object(
      'hindrance', h.hindrance,
      'claim_count', h.claim_count,
      'references', pg_catalog.to_jsonb(h.refs[1:20]),
      'free_at', h.last_at,
      'words', pg_catalog.format(
        '%s %s %s', h.claim_count, case h.claim_count when 1 then 'claim' else 'claims' end,
        case h.hindrance
          when 'run_not_ended' then 'in a run that has not ended'
          when 'flagged' then 'flagged: the ledger is being asked'
          when 'not_exported' then 'neither exported nor withdrawn'
          else pg_catalog.format(
            'to be kept until %s, the last until %s',
            pg_catalog.to_char(h.first_at at time zone 'Europe/Oslo', 'YYYY-MM-DD'),
            pg_catalog.to_char(h.last_at at time zone 'Europe/Oslo', 'YYYY-MM-DD')
          )
        end
      )
    )
    order by h.hindrance
  ), '[]')
  from (
    select j.hindrance, count(*) as claim_count,
      pg_catalog.array_agg(j.reference order by j.reference) as refs,
      case j.hindrance when 'retention' then min(j.free_at) end as first_at,
      case j.hindrance when 'retention' then max(j.free_at) end as last_at
    from accounting.judge_erasure(p_organisation_id, p_claim_ids) as j
    where j.hindrance is not null
    group by j.hindrance
  ) as h;
$$;

comment on function accounting.hindrances_of(uuid, uuid[]) is
  'Why claims may not be erased yet: a JSON array of hindrance, claim_count, references (the first '
  '20), free_at (of the last), words.';
