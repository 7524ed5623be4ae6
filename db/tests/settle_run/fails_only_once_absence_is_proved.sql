begin;
select plan(5);

-- given three attempts, the first of which may have been applied
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));

-- when
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));
create temp table used_up as select tests.state_of(tests.run_of(1)) as state;
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));
create temp table early as select tests.state_of(tests.run_of(1)) as state;
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));

-- then
select is((select u.state from used_up as u), 'in_doubt', 'no attempt is left, and a doubt is');
select is((select e.state from early as e), 'in_doubt', 'it is not sent a fourth time');
select is(tests.state_of(tests.run_of(1)), 'failed', 'with the proof it has failed');
select isnt((tests.reservation(tests.run_of(1), 1)).released_at, null, 'and the claim is released');
select is((tests.run(tests.run_of(1))).attempt_no, 3, 'after three attempts');

select * from finish();
rollback;
