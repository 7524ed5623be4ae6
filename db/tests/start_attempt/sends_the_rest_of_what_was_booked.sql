begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1, 2);
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1,2}'));
select tests.append_row(tests.run_of(1), 'accepted', '{1}');
select tests.wait_until_due(tests.run_of(1));
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when
create temp table started as
select s.* from lease,
  accounting.start_attempt(tests.organisation_id(), tests.run_of(1), lease.id) as s;

-- then
select ok((select s.is_started from started as s), 'there is something left to send');
select is(
  (select s.batch -> 'openClaimIds' from started as s), to_jsonb(tests.claim_ids(2)),
  'the booked claim is not sent again'
);
select is((tests.reservation(tests.run_of(1), 1)).outcome, 'found', 'it counts as found');

select * from finish();
rollback;
