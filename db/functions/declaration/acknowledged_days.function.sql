-- From which to which day each acknowledgement counts. From the day on which it was made; to the last
-- day on which its version counts, a year at most under the yearly rule, and never the day of a later
-- withdrawal or after it. All gates look here, so that they agree.
create or replace function accounting.acknowledged_days (
  p_organisation_id uuid,
  p_driver_ids text[]
)
  returns table (
    driver_id text, act_no integer, template_id uuid, language text, version integer,
    acted_at timestamptz, first_day date, last_day date
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select a.driver_id, a.act_no, a.template_id, a.language, a.version, a.acted_at, a.acted_on,
    least(
      v.counts_until,
      case
        when rule.validity = 'yearly' then (a.acted_on + interval '1 year')::date - 1
        else 'infinity'::date
      end,
      (
        select min(w.acted_on) - 1
        from accounting.declaration_acknowledgements as w
        where w.organisation_id = a.organisation_id
          and w.driver_id = a.driver_id
          and w.act_no > a.act_no
          and w.act = 'withdrawn'
      )
    )
  from accounting.declaration_rule_of(p_organisation_id) as rule
  cross join accounting.declaration_acknowledgements as a
  join accounting.declaration_versions(p_organisation_id) as v
    on v.template_id = a.template_id
  where a.organisation_id = p_organisation_id
    and a.driver_id = any (p_driver_ids)
    and a.act = 'acknowledged';
$$;

comment on function accounting.acknowledged_days(uuid, text[]) is
  'For each acknowledgement of these drivers the first and the last day on which it counts; none if '
  'the last is before the first.';
