-- A version as the signed-in driver is shown it. The same text whenever it is asked for, so that its
-- hash is the same: nothing in it depends on the day.
create or replace function accounting.rendered_for (
  p_template accounting.declaration_templates,
  p_driver_id text
)
  returns text
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_values jsonb := accounting.declaration_values(
    p_template, accounting.driver_name(p_template.organisation_id, p_driver_id)
  );
begin
  if p_template.body ~ '\{\{driver_name\}\}' and coalesce(v_values ->> 'driver_name', '') = '' then
    raise exception using
      errcode = 'AX039',
      message = 'the declaration can''t be filled in: the driver''s name is not known',
      hint = 'Put name into the token, or let the app send a claim of this driver.';
  end if;
  return accounting.fill_in(p_template.body, v_values);
end;
$$;

comment on function accounting.rendered_for(accounting.declaration_templates, text) is
  'The text of a version for the signed-in driver. Raises AX039.';
