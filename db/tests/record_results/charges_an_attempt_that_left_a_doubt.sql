begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1, 2);

-- when a second envelope finds the system gone
select tests.attempt(
  tests.run_of(1), tests.item('unknown', '{1}'),
  tests.item('not_applied', '{2}', '{"failure": "unreachable"}')
);

-- then
select is((tests.run(tests.run_of(1))).charged_attempts, 1, 'something was sent, so it is charged');
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'and asked about');

select * from finish();
rollback;
