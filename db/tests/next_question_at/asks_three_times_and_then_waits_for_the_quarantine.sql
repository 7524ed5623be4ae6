begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1, 'xledger');
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));

-- when
select tests.answer(tests.run_of(1), tests.item('absent', '{1}')) from generate_series(1, 2);
create temp table second as select (tests.run(tests.run_of(1))).next_attempt_at;
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));

-- then
select is(
  (select s.next_attempt_at from second as s), accounting.clock(), 'the third came by backoff'
);
select is(
  (tests.run(tests.run_of(1))).next_attempt_at, (tests.run(tests.run_of(1))).quarantine_until,
  'the fourth waits for the end of the quarantine: questions cost'
);

select * from finish();
rollback;
