-- Whether a change of a line takes away its text and touches nothing else.
create or replace function accounting.only_erases_text (
  p_old accounting.claim_lines,
  p_new accounting.claim_lines
)
  returns boolean
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select p_new.text is null
    and pg_catalog.to_jsonb(p_new) - 'text' = pg_catalog.to_jsonb(p_old) - 'text';
$$;

comment on function accounting.only_erases_text(accounting.claim_lines, accounting.claim_lines) is
  'Whether an update of a line does nothing but set its text to null.';
