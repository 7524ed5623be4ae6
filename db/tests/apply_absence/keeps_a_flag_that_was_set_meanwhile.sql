begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1, 'xledger');
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));

-- when it is flagged between the two answers
select tests.move_clock('1 s');
update accounting.claims set flagged_at = accounting.clock(), flagged_reason = 'a restore';
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));

-- then
select isnt((select c.flagged_at from accounting.claims as c), null, 'it is newer than the proof');
select tests.wait_until_due(tests.run_of(1));
select tests.start(tests.organisation_id(), tests.run_of(1));
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'so the run is asked about anew');
select is((tests.run(tests.run_of(1))).attempt_no, 1, 'and nothing is sent');

select * from finish();
rollback;
