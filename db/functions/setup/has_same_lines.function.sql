-- Whether a claim has exactly these lines, in this order.
create or replace function accounting.has_same_lines (
  p_organisation_id uuid,
  p_claim_id uuid,
  p_lines jsonb
)
  returns boolean
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select not exists (
    select
    from (
      select l.line_no, l.type, l.date, l.amount, l.quantity, l.text
      from accounting.claim_lines as l
      where l.organisation_id = p_organisation_id
        and l.claim_id = p_claim_id
    ) as stored
    full join (
      select n.place, n.line ->> 'type' as type, (n.line ->> 'date')::date as date,
        (n.line ->> 'amount')::numeric as amount, (n.line ->> 'quantity')::numeric as quantity,
        n.line ->> 'text' as text
      from pg_catalog.jsonb_array_elements(p_lines) with ordinality as n (line, place)
    ) as sent on sent.place = stored.line_no
    where (stored.type, stored.date, stored.amount, stored.quantity, stored.text)
      is distinct from (sent.type, sent.date, sent.amount, sent.quantity, sent.text)
  );
$$;

comment on function accounting.has_same_lines(uuid, uuid, jsonb) is
  'Whether a claim is stored with exactly these lines.';
