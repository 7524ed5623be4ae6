-- When each published version is in force: from its day to the last one before the next version of its
-- language. And until when acknowledgements of it count: as long as it is in force, and after that as
-- the organisation said of this version, or else as its rule says.
create or replace function accounting.declaration_versions (p_organisation_id uuid)
  returns table (
    template_id uuid, language text, version integer, valid_from date, valid_until date,
    counts_until date
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select v.id, v.language, v.version, v.valid_from, v.valid_until,
    greatest(
      v.valid_until,
      coalesce(
        said.accepted_until,
        case when v.validity = 'each_version' then v.valid_until else 'infinity'::date end
      )
    )
  from (
    select t.id, t.language, t.version, t.valid_from, rule.validity,
      coalesce(
        pg_catalog.lead(t.valid_from) over (partition by t.language order by t.valid_from) - 1,
        'infinity'::date
      ) as valid_until
    from accounting.declaration_templates as t
    cross join accounting.declaration_rule_of(p_organisation_id) as rule
    where t.organisation_id = p_organisation_id
      and t.state = 'published'
  ) as v
  left join lateral (
    select a.accepted_until
    from accounting.declaration_acceptances as a
    where a.organisation_id = p_organisation_id
      and a.template_id = v.id
    order by a.acceptance_no desc
    limit 1
  ) as said on true;
$$;

comment on function accounting.declaration_versions(uuid) is
  'The published versions: first and last day in force, and the last day on which acknowledgements '
  'count. infinity: no end is known.';
