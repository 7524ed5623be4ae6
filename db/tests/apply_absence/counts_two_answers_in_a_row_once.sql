begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1, 'xledger');
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));
create temp table first as select (tests.reservation(tests.run_of(1), 1)).absent_at;

-- when the next answer comes too soon
select tests.move_clock('29.999 s');
update accounting.export_requests set next_attempt_at = accounting.clock();
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));

-- then
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'it proves nothing');
select is(
  (tests.reservation(tests.run_of(1), 1)).absent_at, (select f.absent_at from first as f),
  'the time of the first one stays'
);
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));
select is(tests.state_of(tests.run_of(1)), 'retry_wait', 'a third at its time does');

select * from finish();
rollback;
