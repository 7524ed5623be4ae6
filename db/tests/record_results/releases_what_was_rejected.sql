begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1, 2);

-- when
select tests.attempt(tests.run_of(1), tests.item('rejected', '{1,2}'));
create temp table first_run as select * from tests.run(tests.run_of(1));
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 1, 2);

-- then
select results_eq(
  'select state, exported_at from first_run', $$ values ('rejected', null::timestamptz) $$,
  'the run has ended without an export'
);
select isnt(tests.run_of(1), (select f.run_id from first_run as f), 'a new request is a new run');
select is(tests.state_of(tests.run_of(1)), 'queued', 'which is sent');

select * from finish();
rollback;
