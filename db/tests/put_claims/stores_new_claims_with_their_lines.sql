begin;
select plan(3);

-- given
select tests.organisation(1);
select tests.sign_in(tests.organisation_id(1), 'app');
-- when, then
select results_eq(
  $$
    select * from api.put_claims(jsonb_build_array(
      tests.claim_json(2), tests.claim_json(1, '{"total": "35.5", "lines": [
        {"type": "toll", "date": "2026-03-01", "amount": "40", "text": "Bomring"},
        {"type": "toll", "date": "2026-03-02", "amount": "-4.50", "quantity": "0.5"}]}')
    ))
  $$,
  $$ values (tests.claim_id(1), 'T-1', 'created'), (tests.claim_id(2), 'T-2', 'created') $$,
  'each claim is created'
);
reset role;
select results_eq(
  $$
    select reference, kind, state, claimant_id, claimant_name, currency::text, total, exported_at
    from accounting.claims where reference = 'T-1'
  $$,
  $$
    values ('T-1', 'travel_expense', 'approved', 'person-1', 'Kari Eksempel', 'NOK', 35.50,
      null::timestamptz)
  $$,
  'approved, as it was sent'
);
select results_eq(
  $$
    select line_no, type, date, amount, quantity, text
    from accounting.claim_lines where claim_id = tests.claim_id(1) order by line_no
  $$,
  $$
    values (1, 'toll', '2026-03-01'::date, 40.00, null::numeric, 'Bomring'),
      (2, 'toll', '2026-03-02'::date, -4.50, 0.5, null)
  $$,
  'with its lines, numbered as they came'
);

select * from finish();
rollback;
