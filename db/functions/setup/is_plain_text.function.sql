-- Codes, labels and templates go to the accounting system as they are: one line, no control
-- characters, no blank at either end.
create or replace function accounting.is_plain_text (p_text text, p_max integer)
  returns boolean
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select p_text ~ '^\S(.*\S)?$'
    and p_text !~ '[\u0001-\u001f\u007f-\u009f\u2028\u2029]'
    and pg_catalog.length(p_text) <= p_max;
$$;

comment on function accounting.is_plain_text(text, integer) is
  'Whether a text is one line of at most so many characters, without blanks at its ends.';
