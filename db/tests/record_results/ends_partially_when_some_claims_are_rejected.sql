begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1, 2);

-- when
select tests.attempt(
  tests.run_of(1), tests.item('accepted', '{1}'),
  tests.item('rejected', '{2}', '{"http_status": 400, "error_message": "the account is blocked"}')
);

-- then
select is(tests.state_of(tests.run_of(1)), 'partially_exported', 'some were booked');
select is((tests.run(tests.run_of(1))).exported_at, accounting.clock(), 'since now');
select is(
  (tests.reservation(tests.run_of(1), 2)).released_at, accounting.clock(),
  'the refused is released'
);
select is(
  (tests.reservation(tests.run_of(1), 2)).error, 'the account is blocked',
  'with the system''s words'
);
select is((tests.reservation(tests.run_of(1), 1)).released_at, null, 'the booked is not');
select results_eq(
  'select exported_run_id from accounting.claims order by id',
  $$ values (tests.run_of(1)), (null) $$, 'only the booked claim is marked'
);

select * from finish();
rollback;
