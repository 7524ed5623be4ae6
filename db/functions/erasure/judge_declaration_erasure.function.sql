-- Whether what a driver acknowledged and withdrew may be erased, all of it at once. It is the evidence of
-- the honoraria that are still a person's; while it counts, the driver may drive; and after that the
-- organisation keeps it for as long as its declaration's rules say, or else as it keeps claims.
create or replace function accounting.judge_declaration_erasure (
  p_organisation_id uuid,
  p_driver_id text
)
  returns table (act_count bigint, hindrance text, free_at date)
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  select
    acts.act_count,
    case
      when exists (
        select
        from accounting.claims as c
        where c.organisation_id = p_organisation_id
          and c.claimant_id = p_driver_id
          and c.kind = 'driver_honorarium'
      ) then 'declaration_proves_honoraria'
      when acts.last_day >= kept.today then 'declaration_counts'
      when kept.until > kept.today then 'declaration_retention'
    end,
    case when acts.last_day < kept.today then kept.until end
  from (
    select count(*) as act_count,
      -- A withdrawal, and what never counted: the day before.
      max(greatest(d.last_day, a.acted_on - 1)) as last_day
    from accounting.declaration_acknowledgements as a
    left join accounting.acknowledged_days(p_organisation_id, array[p_driver_id]) as d
      on d.act_no = a.act_no
    where a.organisation_id = p_organisation_id
      and a.driver_id = p_driver_id
  ) as acts
  cross join lateral (
    select
      (accounting.clock() at time zone 'Europe/Oslo')::date as today,
      case
        when acts.last_day <> 'infinity' then (acts.last_day + 1 + pg_catalog.make_interval(
          months => coalesce(
            (accounting.declaration_rule_of(p_organisation_id)).retention_months, o.retention_months
          )
        ))::date
      end as until
    from accounting.organisations as o
    where o.id = p_organisation_id
  ) as kept
  where acts.act_count > 0;
$$;

comment on function accounting.judge_declaration_erasure(uuid, text) is
  'How much a driver acknowledged or withdrew, and what stands in the way of erasing it '
  '(declaration_proves_honoraria, declaration_counts, declaration_retention; null: nothing); no row: '
  'nothing is there.';
