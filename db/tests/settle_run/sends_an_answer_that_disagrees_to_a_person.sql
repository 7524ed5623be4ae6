begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1, 2);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1,2}'));

-- when
select tests.answer(
  tests.run_of(1), tests.item('found', '{1}'),
  tests.item('unclear', '{2}', '{"needs_person": true, "error_message": "one line of two"}')
);

-- then
select is(tests.state_of(tests.run_of(1)), 'needs_review', 'a person has to look');
select is((tests.run(tests.run_of(1))).review_reason, 'one line of two', 'with the reason');
select is((tests.run(tests.run_of(1))).lease_id, null, 'nobody carries it');
select is((tests.reservation(tests.run_of(1), 1)).outcome, 'found', 'what was found is booked');
select is((tests.reservation(tests.run_of(1), 2)).released_at, null, 'the other stays reserved');

select * from finish();
rollback;
