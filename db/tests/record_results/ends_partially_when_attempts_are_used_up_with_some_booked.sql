begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 2, 'business_central', '{"max_attempts": 1}');
select tests.request(tests.organisation_id(), 1, 2);

-- when
select tests.attempt(
  tests.run_of(1), tests.item('accepted', '{1}'), tests.item('not_applied', '{2}')
);

-- then
select is(tests.state_of(tests.run_of(1)), 'partially_exported', 'one of two was booked');
select is(
  (tests.reservation(tests.run_of(1), 2)).released_at, accounting.clock(), 'the other is released'
);
select is((tests.reservation(tests.run_of(1), 1)).released_at, null, 'the booked one is not');

select * from finish();
rollback;
