-- Records that a driver consented to exactly the text that was shown. Under the organisation's lock, so
-- that a double click makes one row, and a request sees it whole or not at all.
create or replace function accounting.acknowledge (
  p_organisation_id uuid,
  p_driver_id text,
  p_template_id uuid,
  p_version integer,
  p_content_sha256 text,
  p_typed_name text,
  p_channel text
)
  returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_template accounting.declaration_templates;
  v_content text;
  v_act_no integer;
begin
  perform accounting.lock_organisation(p_organisation_id);
  v_template := accounting.require_published(p_organisation_id, p_template_id, p_version);
  perform accounting.check_typed_name(v_template, p_typed_name);
  if coalesce(p_channel not in ('web', 'app'), true) then
    raise exception using
      errcode = 'AX038',
      message = 'the channel is web or app',
      hint = 'It says where the text was shown. Nothing was stored.';
  end if;

  v_act_no := accounting.acknowledged_before(
    p_organisation_id, p_driver_id, p_template_id, p_content_sha256
  );
  if v_act_no is not null then
    return v_act_no;
  end if;
  perform accounting.require_in_force(v_template);
  v_content := accounting.rendered_for(v_template, p_driver_id);
  if accounting.sha256_text(v_content) is distinct from p_content_sha256 then
    raise exception using
      errcode = 'AX036',
      message = 'that is not the text that this driver is shown',
      detail = pg_catalog.format('version %s (%s)', v_template.version, v_template.language),
      hint = 'Show current_declaration again, and acknowledge what it gives. Nothing was stored.';
  end if;

  v_act_no := accounting.append_act(
    p_organisation_id, p_driver_id, 'acknowledged', v_template, p_content_sha256, p_channel
  );
  insert into accounting.declaration_texts (organisation_id, driver_id, act_no, content, typed_name)
  values (p_organisation_id, p_driver_id, v_act_no, v_content, p_typed_name);
  return v_act_no;
end;
$$;

comment on function accounting.acknowledge(uuid, text, uuid, integer, text, text, text) is
  'Records an acknowledgement and returns its number, or that of the same one before. Raises AX032, '
  'AX036 to AX039.';
