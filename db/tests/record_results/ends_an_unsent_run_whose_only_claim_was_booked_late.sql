begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as
select tests.run_of(1) as run_id, tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.record(tests.organisation_id(), l.run_id, l.id, 'rejected', '{1}') from lease as l;
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 1);

-- when
select tests.record(tests.organisation_id(), l.run_id, l.id, 'accepted', '{1}') from lease as l;

-- then
select is(tests.state_of(tests.run_of(1)), 'skipped', 'nothing is left for it to send');
select is(
  (select c.exported_run_id from accounting.claims as c), (select l.run_id from lease as l),
  'the claim names the run that booked it'
);

select * from finish();
rollback;
