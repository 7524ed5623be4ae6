begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 3);
select tests.request(tests.organisation_id(), 1, 2, 3);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1,2,3}'));

-- when
select tests.answer(
  tests.run_of(1), tests.item('found', '{1,3}'),
  tests.item('absent', '{2}', '{"collides": true}')
);

-- then
select is(tests.state_of(tests.run_of(1)), 'retry_wait', 'there is one left to send');
select is((tests.reservation(tests.run_of(1), 1)).outcome, 'found', 'the found are booked');
select results_eq(
  'select claim_id from accounting.claims_to_send(tests.organisation_id(), tests.run_of(1))',
  'values (tests.claim_id(2))', 'only the absent one is sent again'
);
select tests.attempt(tests.run_of(1), tests.item('accepted', '{2}'));
select is(tests.state_of(tests.run_of(1)), 'exported', 'then all are booked');

select * from finish();
rollback;
