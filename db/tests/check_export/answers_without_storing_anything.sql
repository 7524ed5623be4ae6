begin;
select plan(3);

-- given
select tests.organisation_with_claims(1);
select tests.sign_in(tests.organisation_id(1), 'coordinator');
-- when, then
select results_eq(
  'select * from api.check_export(tests.claim_ids(2, 1))',
  $$
    values
      (tests.claim_id(2), null::text, 'unknown', 'no such claim', null::uuid),
      (tests.claim_id(1), 'T-1', 'exportable', null, null)
  $$,
  'a verdict per claim, in the order asked for'
);
reset role;
select is_empty('select from accounting.export_requests', 'no run was made');
select is_empty('select from accounting.claim_reservations', 'and nothing reserved');

select * from finish();
rollback;
