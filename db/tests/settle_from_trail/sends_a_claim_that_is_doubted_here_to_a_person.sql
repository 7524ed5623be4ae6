begin;
select plan(5);

-- given a run that has sent its claim and doubts it, and a trail that says another run booked it
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.append(tests.organisation_id(), 'accepted', '{1}');

-- when it is asked about, and the ledger says that this run's is not there (yet)
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));

-- then
select is(tests.state_of(tests.run_of(1)), 'needs_review', 'it may be in the ledger twice');
select matches(
  (tests.run(tests.run_of(1))).review_reason, 'booked by run 00000000-0000-4000-a000-000000000001',
  'the reason names the other run'
);
select is(
  (tests.reservation(tests.run_of(1), 1)).verdict, 'exportable', 'the claim is not dropped'
);
select is(
  (tests.reservation(tests.run_of(1), 1)).released_at, null, 'and this run holds it still'
);
select is((tests.run(tests.run_of(1))).lease_id, null, 'nobody carries the run');

select * from finish();
rollback;
