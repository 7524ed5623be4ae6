-- Writes the draft of a language: the one that is open, or the next version. Placeholders that aren't
-- known are stored and told; a text that can't be one is refused.
create or replace function accounting.put_declaration_template (
  p_organisation_id uuid,
  p_language text,
  p_body text,
  p_way_of_acknowledging text,
  p_author text
)
  returns accounting.declaration_templates
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  -- A file from Windows, and one from elsewhere: the same text, the same hash.
  v_body text := pg_catalog.replace(p_body, E'\r\n', E'\n');
  v_problem text := case
    when coalesce(p_language !~ '^[a-z]{2,3}$', true)
      then 'language is a code of two or three letters: nb, nn, en'
    when coalesce(p_way_of_acknowledging not in ('tick_box', 'typed_name', 'both'), true)
      then 'way_of_acknowledging is tick_box, typed_name or both'
    else accounting.declaration_text_problem(v_body)
  end;
  v_template accounting.declaration_templates;
begin
  if v_problem is not null then
    raise exception using
      errcode = 'AX030',
      message = 'the declaration is not valid',
      detail = v_problem,
      hint = 'docs/declarations.md describes what a text may have. Nothing was stored.';
  end if;
  perform accounting.lock_organisation(p_organisation_id);
  update accounting.declaration_templates as t
  set body = v_body,
    way_of_acknowledging = p_way_of_acknowledging,
    authors = case
      when p_author = any (t.authors) then t.authors
      else t.authors || p_author
    end,
    edited_at = accounting.clock()
  where t.organisation_id = p_organisation_id
    and t.language = p_language
    and t.state = 'draft'
  returning * into v_template;
  if not found then
    insert into accounting.declaration_templates
      (organisation_id, language, version, body, way_of_acknowledging, authors)
    select p_organisation_id, p_language, coalesce(max(t.version), 0) + 1, v_body,
      p_way_of_acknowledging, array[p_author]
    from accounting.declaration_templates as t
    where t.organisation_id = p_organisation_id
      and t.language = p_language
    returning * into v_template;
  end if;
  return v_template;
end;
$$;

comment on function accounting.put_declaration_template(uuid, text, text, text, text) is
  'Writes the draft of a language and returns it with its problems. Raises AX030.';
