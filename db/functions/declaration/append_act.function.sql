-- The next act of a driver. The caller holds the organisation's lock, so numbers have no gaps; the
-- primary key has the last word.
create or replace function accounting.append_act (
  p_organisation_id uuid,
  p_driver_id text,
  p_act text,
  p_template accounting.declaration_templates,
  p_content_sha256 text,
  p_channel text
)
  returns integer
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  insert into accounting.declaration_acknowledgements (
    organisation_id, driver_id, act_no, act, template_id, language, version, way_of_acknowledging,
    content_sha256, channel
  )
  select p_organisation_id, p_driver_id, coalesce(max(a.act_no), 0) + 1, p_act, (p_template).id,
    (p_template).language, (p_template).version, (p_template).way_of_acknowledging,
    p_content_sha256, p_channel
  from accounting.declaration_acknowledgements as a
  where a.organisation_id = p_organisation_id
    and a.driver_id = p_driver_id
  returning act_no;
$$;

comment on function accounting.append_act(
  uuid, text, text, accounting.declaration_templates, text, text
) is 'Appends what a driver did and returns its number.';
