begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when
select tests.attempt(
  tests.run_of(1), tests.item('not_applied', '{1}', '{"retry_after_ms": 99999999999}')
);

-- then
select is(
  (tests.run(tests.run_of(1))).next_attempt_at, accounting.clock() + interval '24 hours',
  'a wait is honoured up to 24 hours'
);

select * from finish();
rollback;
