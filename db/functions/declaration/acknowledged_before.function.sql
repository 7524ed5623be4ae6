-- A double click, or a lost answer: the same text was acknowledged and not withdrawn since. Under the
-- yearly rule only on the same day, for later it is a renewal.
create or replace function accounting.acknowledged_before (
  p_organisation_id uuid,
  p_driver_id text,
  p_template_id uuid,
  p_content_sha256 text
)
  returns integer
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select max(a.act_no)
  from accounting.declaration_acknowledgements as a
  cross join accounting.declaration_rule_of(p_organisation_id) as rule
  where a.organisation_id = p_organisation_id
    and a.driver_id = p_driver_id
    and a.act = 'acknowledged'
    and a.template_id = p_template_id
    and a.content_sha256 = p_content_sha256
    and (
      rule.validity <> 'yearly'
      or a.acted_on = (accounting.clock() at time zone 'Europe/Oslo')::date
    )
    and not exists (
      select
      from accounting.declaration_acknowledgements as w
      where w.organisation_id = p_organisation_id
        and w.driver_id = p_driver_id
        and w.act = 'withdrawn'
        and w.act_no > a.act_no
    );
$$;

comment on function accounting.acknowledged_before(uuid, text, uuid, text) is
  'The act by which the driver acknowledged just this, if acknowledging again would add nothing.';
