begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when
select tests.attempt(
  tests.run_of(1),
  tests.item('not_applied', '{1}', '{"failure": "throttled", "retry_after_ms": 45000}')
);

-- then
select is(
  (tests.run(tests.run_of(1))).next_attempt_at, accounting.clock() + interval '45 s',
  'what the system says outweighs the backoff'
);
select is((tests.run(tests.run_of(1))).charged_attempts, 1, 'being told to wait is charged');
select tests.attempt(
  tests.run_of(1),
  tests.item('not_applied', '{1}', '{"failure": "throttled", "retry_after_ms": 1}')
);
select cmp_ok(
  (tests.run(tests.run_of(1))).next_attempt_at, '>=', accounting.clock() + interval '1 s',
  'a shorter one does not shorten the backoff'
);

select * from finish();
rollback;
