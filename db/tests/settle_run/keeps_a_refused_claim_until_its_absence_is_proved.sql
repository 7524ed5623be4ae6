begin;
select plan(6);

-- given a claim that was refused after an earlier attempt that may have been applied
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
create temp table doubt as select (tests.run(tests.run_of(1))).quarantine_until as until;
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));

-- when
select tests.attempt(tests.run_of(1), tests.item('rejected', '{1}'));
create temp table refused as
select tests.state_of(tests.run_of(1)) as state, (tests.run(tests.run_of(1))).quarantine_until;
select tests.move_clock_to(d.until) from doubt as d;
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));
create temp table once as select (tests.reservation(tests.run_of(1), 1)).released_at;
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));

-- then
select is((select r.state from refused as r), 'in_doubt', 'the first attempt may still be applied');
select is(
  (select r.quarantine_until from refused as r), (select d.until from doubt as d),
  'the quarantine counts from the last unknown, not from the refusal'
);
select is((select o.released_at from once as o), null, 'one answer does not release it');
select is(tests.state_of(tests.run_of(1)), 'rejected', 'two do');
select is((tests.reservation(tests.run_of(1), 1)).outcome, 'rejected', 'the claim was refused');
select isnt((tests.reservation(tests.run_of(1), 1)).released_at, null, 'and is released');

select * from finish();
rollback;
