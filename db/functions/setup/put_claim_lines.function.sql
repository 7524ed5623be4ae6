-- Writes the lines of a claim, numbered as they came.
create or replace function accounting.put_claim_lines (
  p_organisation_id uuid,
  p_claim_id uuid,
  p_lines jsonb
)
  returns void
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  insert into accounting.claim_lines
    (organisation_id, claim_id, line_no, type, date, amount, quantity, text)
  select p_organisation_id, p_claim_id, l.place, l.line ->> 'type', (l.line ->> 'date')::date,
    (l.line ->> 'amount')::numeric, (l.line ->> 'quantity')::numeric, l.line ->> 'text'
  from pg_catalog.jsonb_array_elements(p_lines) with ordinality as l (line, place);
$$;

comment on function accounting.put_claim_lines(uuid, uuid, jsonb) is 'Writes the lines of a claim.';
