begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('rejected', '{1}'));
create temp table first_run as select tests.run_of(1) as id;
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 1);
select tests.append_row(f.id, 'accepted', '{1}') from first_run as f;
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when
create temp table started as
select s.* from lease,
  accounting.start_attempt(tests.organisation_id(), tests.run_of(1), lease.id) as s;

-- then
select results_eq(
  'select is_started, state from started', $$ values (false, 'skipped') $$,
  'nothing is left to send'
);
select is(
  (select c.exported_run_id from accounting.claims as c), (select f.id from first_run as f),
  'the claim is marked with the run that booked it'
);

select * from finish();
rollback;
