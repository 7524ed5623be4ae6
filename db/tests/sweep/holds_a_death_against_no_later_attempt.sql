begin;
select plan(2);

-- given a dispatcher that died in the second attempt of three
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));
select tests.wait_until_due(tests.run_of(1));
select tests.start(tests.organisation_id(), tests.run_of(1));
select tests.move_clock('70 s');
select accounting.sweep();
select tests.move_clock('60 s');
select tests.answer(tests.run_of(1), tests.item('absent', '{1}')) from generate_series(1, 2);

-- when
create temp table before as select tests.state_of(tests.run_of(1)) as state;
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));

-- then
select is((select b.state from before as b), 'retry_wait', 'it may be tried once more');
select is(
  tests.state_of(tests.run_of(1)), 'failed',
  'the last attempt told its outcome: no person is needed'
);

select * from finish();
rollback;
