-- The version in force today in the language of the token (`locale`, at the top level or in
-- app_metadata: nb, nb-NO), or else in the organisation's, or else in another; and the
-- acknowledgement that counts today, of whatever version, the one that counts longest.
create or replace function accounting.declaration_for (p_organisation_id uuid, p_driver_id text)
  returns table (
    template_id uuid, version integer, language text, content text, content_html text,
    content_sha256 text, way_of_acknowledging text, valid_from date, is_acknowledged boolean,
    acknowledged_at timestamptz, acknowledged_version integer, acknowledged_until date,
    acknowledged_language text, acknowledged_sha256 text
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  with today as (
    select (accounting.clock() at time zone 'Europe/Oslo')::date as day,
      pg_catalog.lower(pg_catalog.substring(
        coalesce(
          accounting.token() ->> 'locale', accounting.token() -> 'app_metadata' ->> 'locale'
        ),
        '^([A-Za-z]{2,3})([-_]|$)'
      )) as language
  ),
  shown as (
    select v.template_id
    from today
    cross join accounting.declaration_versions(p_organisation_id) as v
    cross join accounting.declaration_rule_of(p_organisation_id) as rule
    where today.day between v.valid_from and v.valid_until
    order by v.language is distinct from today.language, v.language <> rule.language, v.language
    limit 1
  ),
  counting as (
    select d.acted_at, d.version, d.last_day, d.language, a.content_sha256
    from today
    cross join accounting.acknowledged_days(p_organisation_id, array[p_driver_id]) as d
    join accounting.declaration_acknowledgements as a
      on a.organisation_id = p_organisation_id
      and a.driver_id = p_driver_id
      and a.act_no = d.act_no
    where today.day between d.first_day and d.last_day
    order by d.last_day desc, d.act_no desc
    limit 1
  )
  select t.id, t.version, t.language, text.content, accounting.as_html(text.content),
    accounting.sha256_text(text.content), t.way_of_acknowledging, t.valid_from,
    counting.acted_at is not null, counting.acted_at, counting.version,
    nullif(counting.last_day, 'infinity'), counting.language, counting.content_sha256
  from shown
  join accounting.declaration_templates as t
    on t.organisation_id = p_organisation_id
    and t.id = shown.template_id
  cross join lateral accounting.rendered_for(t, p_driver_id) as text (content)
  left join counting on true;
$$;

comment on function accounting.declaration_for(uuid, text) is
  'The declaration in force for the signed-in driver, and the acknowledgement that counts today.';
