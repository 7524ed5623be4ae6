-- What is wrong with a declaration's text, in words; null: nothing. The table's checks say the
-- same.
create or replace function accounting.declaration_text_problem (p_body text)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when coalesce(p_body !~ '\S', true) then 'the text is empty'
    when pg_catalog.length(p_body) > 20000 then pg_catalog.format(
      'the text has %s characters, at most 20000', pg_catalog.length(p_body)
    )
    when p_body ~ accounting.hidden_characters()
      then 'the text has control characters, or others that nobody sees: of those it may have line '
        'ends alone'
    when p_body ~ '<[A-Za-z/!?]' or p_body ~* '&(#x?[0-9a-f]+|[a-z][a-z0-9]{1,31});'
      then 'the text looks like HTML, and is shown as it stands'
  end;
$$;

comment on function accounting.declaration_text_problem(text) is
  'What is wrong with the text of a declaration, in words; null: nothing.';
