begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1, 'xledger');
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));

-- when it is answered twice, half a quarantine apart
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));
select tests.move_clock('31 s');
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));

-- then
select cmp_ok(
  accounting.clock(), '<', (tests.run(tests.run_of(1))).quarantine_until,
  'the quarantine lasts still'
);
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'a request under way may still be applied');
select is((tests.reservation(tests.run_of(1), 1)).outcome, 'unknown', 'the claim is in doubt');
select is((tests.reservation(tests.run_of(1), 1)).absent_at, null, 'no answer is counted');

select * from finish();
rollback;
