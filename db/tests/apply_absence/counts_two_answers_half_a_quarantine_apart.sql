begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 1, 'xledger');
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);

-- when
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));
create temp table first as
select tests.state_of(tests.run_of(1)) as state, (tests.run(tests.run_of(1))).next_attempt_at;
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));

-- then
select is((select f.state from first as f), 'in_doubt', 'one answer may come from a lagging copy');
select is(
  (select f.next_attempt_at from first as f), accounting.clock(), 'the second comes when it is due'
);
select is(
  accounting.clock(), (tests.reservation(tests.run_of(1), 1)).absent_at + interval '30 s',
  'half a quarantine later'
);
select is(tests.state_of(tests.run_of(1)), 'retry_wait', 'the second one counts');
select is((tests.reservation(tests.run_of(1), 1)).outcome, 'absent', 'the claim is absent');
select is(
  (tests.reservation(tests.run_of(1), 1)).absence_proved_at, accounting.clock(), 'that is proved'
);

select * from finish();
rollback;
