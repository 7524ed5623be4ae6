-- Ends all that a driver acknowledged. Again, with nothing acknowledged since, it is the same act.
create or replace function accounting.withdraw_acknowledgement (
  p_organisation_id uuid,
  p_driver_id text
)
  returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_last accounting.declaration_acknowledgements;
  v_template accounting.declaration_templates;
begin
  perform accounting.lock_organisation(p_organisation_id);
  select * into v_last
  from accounting.declaration_acknowledgements as a
  where a.organisation_id = p_organisation_id
    and a.driver_id = p_driver_id
  order by a.act_no desc
  limit 1;
  if not found then
    raise exception using
      errcode = 'AX040',
      message = 'there is nothing to withdraw',
      hint = 'The driver has acknowledged no declaration.';
  end if;
  if v_last.act = 'withdrawn' then
    return v_last.act_no;
  end if;
  v_template := accounting.require_published(
    p_organisation_id, v_last.template_id, v_last.version
  );
  return accounting.append_act(
    p_organisation_id, p_driver_id, 'withdrawn', v_template, null, null
  );
end;
$$;

comment on function accounting.withdraw_acknowledgement(uuid, text) is
  'Withdraws what the driver acknowledged and returns the act''s number. Raises AX040.';
