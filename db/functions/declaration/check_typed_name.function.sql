-- A name where the version asks for one, and none where it doesn't: what nobody asked for isn't kept.
create or replace function accounting.check_typed_name (
  p_template accounting.declaration_templates,
  p_typed_name text
)
  returns void
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_template.way_of_acknowledging = 'tick_box' and p_typed_name is null
    or p_template.way_of_acknowledging <> 'tick_box'
      and coalesce(accounting.is_plain_text(p_typed_name, 200), false)
  then
    return;
  end if;
  raise exception using
    errcode = 'AX038',
    message = case p_template.way_of_acknowledging
      when 'tick_box' then 'this version asks for no name'
      else 'this version asks for the driver''s name'
    end,
    detail = 'way_of_acknowledging is ' || p_template.way_of_acknowledging,
    hint = 'p_typed_name is what the driver typed: one line of 1 to 200 characters, without blanks at '
      'its ends. Nothing was stored.';
end;
$$;

comment on function accounting.check_typed_name(accounting.declaration_templates, text) is
  'Raises AX038 if the name that was typed isn''t what the version asks for.';
