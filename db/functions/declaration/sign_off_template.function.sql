-- Somebody answers for a text and its way of being acknowledged, exactly as they were read: a draft
-- that was changed meanwhile isn't signed off.
create or replace function accounting.sign_off_template (
  p_organisation_id uuid,
  p_template_id uuid,
  p_version integer,
  p_body_sha256 text,
  p_way_of_acknowledging text,
  p_reference text,
  p_signer text
)
  returns accounting.declaration_templates
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_reference text := accounting.require_words(p_reference, 'the reference');
  v_template accounting.declaration_templates;
begin
  perform accounting.lock_organisation(p_organisation_id);
  v_template := accounting.require_template(p_organisation_id, p_template_id, p_version);
  if v_template.state <> 'draft' then
    perform accounting.raise_wrong_template_state(v_template, 'draft');
  end if;
  if (v_template.body_sha256, v_template.way_of_acknowledging)
    is distinct from (p_body_sha256, p_way_of_acknowledging)
  then
    raise exception using
      errcode = 'AX036',
      message = 'that is not the text, or the way of acknowledging it, that is there now',
      detail = 'The draft has ' || v_template.body_sha256 || ', ' || v_template.way_of_acknowledging,
      hint = 'Read it again: it was changed, or the hash is of something else.';
  end if;
  if v_template.problems <> '{}' then
    raise exception using
      errcode = 'AX031',
      message = 'the text has placeholders that nobody can fill in',
      detail = pg_catalog.array_to_string(v_template.problems, ', '),
      hint = 'It may have: {{'
        || pg_catalog.array_to_string(accounting.declaration_placeholders(), '}}, {{') || '}}.';
  end if;
  if (accounting.declaration_rule_of(p_organisation_id)).needs_another_signer
    and p_signer = any (v_template.authors)
  then
    raise exception using
      errcode = 'AX034',
      message = 'whoever wrote on a declaration may not sign it off here',
      hint = 'The organisation demands another person.';
  end if;
  update accounting.declaration_templates as t
  set state = 'signed_off',
    signed_off_at = accounting.clock(),
    signed_off_by = p_signer,
    sign_off_reference = accounting.sanitise_error(v_reference)
  where t.organisation_id = p_organisation_id
    and t.id = p_template_id
    and t.state = 'draft'
  returning * into strict v_template;
  return v_template;
end;
$$;

comment on function accounting.sign_off_template(uuid, uuid, integer, text, text, text, text) is
  'Signs a draft off: from then on its text and way are fixed. Raises AX017, AX031 to AX034, AX036.';
