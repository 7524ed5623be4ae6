-- Whether a text is a day that exists, in ISO form.
create or replace function accounting.is_date (p_text text)
  returns boolean
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(
    p_text ~ '^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$'
    and pg_catalog.to_char(p_text::date, 'YYYY-MM-DD') = p_text,
    false
  );
exception when datetime_field_overflow or invalid_datetime_format then
  return false;
end;
$$;

comment on function accounting.is_date(text) is 'Whether a text is an existing day, YYYY-MM-DD.';
