begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));
create temp table second as select tests.state_of(tests.run_of(1)) as state;
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));

-- then
select is((select s.state from second as s), 'retry_wait', 'one attempt is left after the second');
select is(tests.state_of(tests.run_of(1)), 'failed', 'none after the third');
select is((tests.run(tests.run_of(1))).ended_at, accounting.clock(), 'it has ended');
select is(
  (tests.reservation(tests.run_of(1), 1)).released_at, accounting.clock(), 'the claim is released'
);

select * from finish();
rollback;
