begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.sign_in(tests.organisation_id(1), 'app');
-- when
select result from api.put_claims(jsonb_build_array(tests.claim_json(1, '{"total": "7", "lines": [
  {"type": "toll", "date": "2026-03-05", "amount": "3"},
  {"type": "toll", "date": "2026-03-06", "amount": "4"}]}')));
reset role;
-- then
select is((select total from accounting.claims), 7.00, 'the total is the new one');
select results_eq(
  'select line_no, type, amount from accounting.claim_lines order by line_no',
  $$ values (1, 'toll', 3.00), (2, 'toll', 4.00) $$,
  'the lines are those of the last time'
);

select * from finish();
rollback;
