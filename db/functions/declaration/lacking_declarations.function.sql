-- The honoraria among these claims with a line on a day for which their driver has no
-- acknowledgement. Every day has to be covered; the first that isn't is named, with the version
-- that was in force then: in the organisation's language, or else in another.
create or replace function accounting.lacking_declarations (
  p_organisation_id uuid,
  p_claim_ids uuid[]
)
  returns table (
    claim_id uuid, driver_id text, reference text, missing_on date, needed_language text,
    needed_version integer
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  with driven as materialized (
    select distinct c.id, c.claimant_id, c.reference, l.date
    from accounting.claims as c
    join accounting.claim_lines as l
      on l.organisation_id = c.organisation_id
      and l.claim_id = c.id
    where c.organisation_id = p_organisation_id
      and c.id = any (p_claim_ids)
      and c.kind = 'driver_honorarium'
  ),
  days as materialized (
    select d.driver_id, d.first_day, d.last_day
    from accounting.acknowledged_days(
      p_organisation_id, array(select distinct driven.claimant_id from driven)
    ) as d
    where d.first_day <= d.last_day
  ),
  lacking as (
    select driven.id, driven.claimant_id, driven.reference, min(driven.date) as missing_on
    from driven
    left join days
      on days.driver_id = driven.claimant_id
      and driven.date between days.first_day and days.last_day
    where days.driver_id is null
    group by driven.id, driven.claimant_id, driven.reference
  ),
  -- Once for each day and not for each claim.
  needed as materialized (
    select distinct on (day.missing_on) day.missing_on, v.language, v.version
    from (select distinct lacking.missing_on from lacking) as day
    cross join accounting.declaration_rule_of(p_organisation_id) as rule
    join accounting.declaration_versions(p_organisation_id) as v
      on day.missing_on between v.valid_from and v.valid_until
    order by day.missing_on, v.language <> rule.language, v.language
  )
  select lacking.id, lacking.claimant_id, lacking.reference, lacking.missing_on,
    needed.language, needed.version
  from lacking
  left join needed on needed.missing_on = lacking.missing_on;
$$;

comment on function accounting.lacking_declarations(uuid, uuid[]) is
  'The honoraria that lack an acknowledgement, the first day that lacks it, and the version that '
  'is needed; without one: none was in force on that day.';
