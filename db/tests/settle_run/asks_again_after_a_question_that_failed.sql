begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
create temp table before as select (tests.run(tests.run_of(1))).*;

-- when
select tests.answer(
  tests.run_of(1),
  tests.item('unclear', '{1}', '{"http_status": 503, "retry_after_ms": 20000}')
);

-- then
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'it is in doubt as before');
select is(
  (tests.run(tests.run_of(1))).next_attempt_at, accounting.clock() + interval '20 s',
  'the wait that was told is honoured'
);
select is(
  (tests.run(tests.run_of(1))).in_doubt_since, (select b.in_doubt_since from before as b),
  'since when it is in doubt stays'
);
select is(
  (tests.run(tests.run_of(1))).charged_attempts, 1, 'a question is not charged as an attempt'
);

select * from finish();
rollback;
