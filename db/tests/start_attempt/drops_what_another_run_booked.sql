begin;
select plan(3);

-- given a claim that a late row of another run says is booked, and one that nobody has
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('rejected', '{1}'));
create temp table first_run as select tests.run_of(1) as id;
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 1, 2);
select tests.append_row(f.id, 'accepted', '{1}') from first_run as f;
create temp table lease as select tests.lease(tests.run_of(2)) as id;

-- when
create temp table started as
select s.* from lease,
  accounting.start_attempt(tests.organisation_id(), tests.run_of(2), lease.id) as s;

-- then
select is(
  (select s.batch -> 'openClaimIds' from started as s), to_jsonb(tests.claim_ids(2)),
  'only the other claim is sent'
);
select is(
  (tests.reservation(tests.run_of(2), 1)).verdict, 'already_exported', 'the booked one is dropped'
);
select is(
  (tests.reservation(tests.run_of(2), 1)).blocking_run_id, (select f.id from first_run as f),
  'with the run that booked it'
);

select * from finish();
rollback;
