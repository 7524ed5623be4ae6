-- For `npm run declaration -- import`: whoever owns the database writes a draft from a file, as an
-- organisation_admin does through the API. Stricter than that: nothing is stored that couldn't be
-- signed off. The same file again changes nothing. Signing off stays an organisation_admin's.
create or replace function accounting.import_declaration (
  p_organisation_id uuid,
  p_language text,
  p_body text,
  p_way_of_acknowledging text,
  p_author text default null
)
  returns table (
    result text, template_id uuid, version integer, state text, body_sha256 text, valid_from date
  )
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_problems text[] := accounting.unknown_placeholders(p_body);
  v_newest accounting.declaration_templates;
  v_template accounting.declaration_templates;
begin
  if v_problems <> '{}' then
    raise exception using
      errcode = 'AX031',
      message = 'the text has placeholders that nobody can fill in',
      detail = pg_catalog.array_to_string(v_problems, ', '),
      hint = 'Nothing was stored.';
  end if;
  perform accounting.lock_organisation(p_organisation_id);
  if not coalesce(accounting.is_plain_text(p_author, 200), p_author is null)
    or p_author is null
      and (accounting.declaration_rule_of(p_organisation_id)).needs_another_signer
  then
    raise exception using
      errcode = 'AX030',
      message = 'the declaration is not valid',
      detail = 'its author has to be named here: another person signs it off',
      hint = 'Name the sub of whoever wrote the text: one line of 1 to 200 characters. Nothing was '
        'stored.';
  end if;
  select * into v_newest
  from accounting.declaration_templates as t
  where t.organisation_id = p_organisation_id
    and t.language = p_language
  order by t.version desc
  limit 1;
  -- A draft that somebody else wrote down alike gets its second author.
  if v_newest.body = pg_catalog.replace(p_body, E'\r\n', E'\n')
    and v_newest.way_of_acknowledging = p_way_of_acknowledging
    and (v_newest.state <> 'draft' or coalesce(p_author = any (v_newest.authors), true))
  then
    return query
      select 'unchanged', v_newest.id, v_newest.version, v_newest.state, v_newest.body_sha256,
        v_newest.valid_from;
    return;
  end if;
  v_template := accounting.put_declaration_template(
    p_organisation_id, p_language, p_body, p_way_of_acknowledging,
    coalesce(p_author, accounting.token_subject())
  );
  return query
    select case when v_template.id = v_newest.id then 'updated' else 'created' end,
      v_template.id, v_template.version, v_template.state, v_template.body_sha256,
      v_template.valid_from;
end;
$$;

comment on function accounting.import_declaration(uuid, text, text, text, text) is
  'Writes the draft of a language from a file: created, updated, or unchanged if the newest version '
  'has that text and way. Raises AX030, AX031.';
