-- What is wrong with one line of a claim as the app sends it; null: nothing.
create or replace function accounting.claim_line_problem (p_line jsonb)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when pg_catalog.jsonb_typeof(p_line) is distinct from 'object' then 'a line is an object'
    when exists (
      select
      from pg_catalog.jsonb_object_keys(p_line) as k (key)
      where k.key not in ('type', 'date', 'amount', 'quantity', 'text')
    ) then 'it takes type, date, amount, quantity and text only'
    when not coalesce(p_line ->> 'type' ~ '^[a-z][a-z0-9_]{0,39}$', false) then
      'type takes 1 to 40 of a to z, 0 to 9 and _'
    when not accounting.is_date(p_line ->> 'date') then 'date is a day: 2026-03-02'
    when not accounting.is_money(p_line -> 'amount') or (p_line ->> 'amount')::numeric = 0 then
      'amount is an amount other than zero, as a string: "123.50"'
    when not coalesce((p_line ->> 'quantity') ~ '^[0-9]{1,9}(\.[0-9]{1,3})?$', true) then
      'quantity is a number with at most three decimals'
    when pg_catalog.length(p_line ->> 'text') > 500 then 'text has at most 500 characters'
  end;
$$;

comment on function accounting.claim_line_problem(jsonb) is
  'What is wrong with a line of a claim as put_claims takes it, in words; null: nothing.';
