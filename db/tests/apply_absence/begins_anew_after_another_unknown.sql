begin;
select plan(4);

-- given a first "absent" after the quarantine, and a second send
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));
create temp table first as
select (tests.reservation(tests.run_of(1), 1)).absent_at;

-- when
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));

-- then
select isnt((select f.absent_at from first as f), null, 'one answer was counted');
select is((tests.reservation(tests.run_of(1), 1)).absent_at, null, 'it is forgotten');
select is(
  (tests.run(tests.run_of(1))).quarantine_until, accounting.clock() + interval '70 s',
  'the quarantine begins anew'
);
select tests.move_clock('31 s');
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'an answer before its end proves nothing');

select * from finish();
rollback;
