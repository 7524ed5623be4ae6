-- Says for how long acknowledgements of a published version count once it isn't in force any more. A
-- day that is past ends them at once, for what was not exported yet.
create or replace function accounting.accept_version_until (
  p_organisation_id uuid,
  p_template_id uuid,
  p_version integer,
  p_accepted_until date,
  p_reason text,
  p_actor text
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_reason text := accounting.require_words(p_reason, 'the reason');
  v_template accounting.declaration_templates;
begin
  perform accounting.lock_organisation(p_organisation_id);
  v_template := accounting.require_template(p_organisation_id, p_template_id, p_version);
  if v_template.state <> 'published' then
    perform accounting.raise_wrong_template_state(v_template, 'published');
  end if;
  insert into accounting.declaration_acceptances
    (organisation_id, template_id, acceptance_no, accepted_until, decided_by, reason)
  select p_organisation_id, p_template_id, coalesce(max(a.acceptance_no), 0) + 1, p_accepted_until,
    p_actor, accounting.sanitise_error(v_reason)
  from accounting.declaration_acceptances as a
  where a.organisation_id = p_organisation_id
    and a.template_id = p_template_id;
end;
$$;

comment on function accounting.accept_version_until(uuid, uuid, integer, date, text, text) is
  'Sets the last day on which acknowledgements of an older version count; null: as the rule says. '
  'Raises AX017, AX032, AX033.';
