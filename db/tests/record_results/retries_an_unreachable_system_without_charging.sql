begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table since as select accounting.clock() as at;

-- when it is unreachable more often than max_attempts
select tests.attempt(
  tests.run_of(1), tests.item('not_applied', '{1}', '{"failure": "unreachable"}')
)
from generate_series(1, 5);

-- then
select is(tests.state_of(tests.run_of(1)), 'retry_wait', 'it has not failed');
select is(
  (tests.run(tests.run_of(1))).next_attempt_at, accounting.clock() + interval '8 s',
  'it is tried every max_delay_ms'
);
select is((tests.run(tests.run_of(1))).attempt_no, 5, 'each start is counted');
select is((tests.run(tests.run_of(1))).charged_attempts, 0, 'none is charged');
select is(
  (tests.run(tests.run_of(1))).unreachable_since, (select s.at from since as s),
  'since when'
);
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));
select is(
  (tests.run(tests.run_of(1))).unreachable_since, null, 'any other outcome says that it is back'
);

select * from finish();
rollback;
