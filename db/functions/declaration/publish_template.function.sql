-- Has a version come into force on a day. From today on only, and after all that were published before:
-- what was in force on a day that is past, on which people drove, is never changed.
create or replace function accounting.publish_template (
  p_organisation_id uuid,
  p_template_id uuid,
  p_version integer,
  p_valid_from date,
  p_publisher text
)
  returns accounting.declaration_templates
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_today date := (accounting.clock() at time zone 'Europe/Oslo')::date;
  v_template accounting.declaration_templates;
  v_last accounting.declaration_templates;
begin
  perform accounting.lock_organisation(p_organisation_id);
  v_template := accounting.require_template(p_organisation_id, p_template_id, p_version);
  if v_template.state <> 'signed_off' then
    perform accounting.raise_wrong_template_state(v_template, 'signed_off');
  end if;
  select * into v_last
  from accounting.declaration_templates as t
  where t.organisation_id = p_organisation_id
    and t.language = v_template.language
    and t.state = 'published'
  order by t.valid_from desc
  limit 1;
  if v_last.version > p_version then
    perform accounting.raise_wrong_template_state(
      v_template, 'newer than version ' || v_last.version || ', which was published'
    );
  end if;
  if p_valid_from is null or p_valid_from < v_today or p_valid_from <= v_last.valid_from
    or p_valid_from > v_today + 3650
  then
    raise exception using
      errcode = 'AX035',
      message = 'a version can''t come into force on that day',
      detail = pg_catalog.format(
        '%s; today is %s, the version before is in force from %s',
        coalesce(p_valid_from::text, 'null'), v_today, coalesce(v_last.valid_from::text, 'never')
      ),
      hint = 'Name a day from today on, within ten years, after that of the version before.';
  end if;
  update accounting.declaration_templates as t
  set state = 'published',
    published_at = accounting.clock(),
    published_by = p_publisher,
    valid_from = p_valid_from
  where t.organisation_id = p_organisation_id
    and t.id = p_template_id
    and t.state = 'signed_off'
  returning * into strict v_template;
  return v_template;
end;
$$;

comment on function accounting.publish_template(uuid, uuid, integer, date, text) is
  'Has a signed off version be in force from a day on. Raises AX032, AX033, AX035.';
