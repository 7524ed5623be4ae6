begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1, 2);

-- when
select tests.attempt(
  tests.run_of(1), tests.item('accepted', '{1}'),
  tests.item('unknown', '{2}', '{"http_status": 502}')
);

-- then
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'it has to be asked about');
select is((tests.run(tests.run_of(1))).in_doubt_since, accounting.clock(), 'since now');
select is((tests.run(tests.run_of(1))).lease_id, null, 'nobody carries it');
select is((tests.reservation(tests.run_of(1), 2)).released_at, null, 'the claim stays reserved');
select is((tests.reservation(tests.run_of(1), 1)).outcome, 'accepted', 'the booked one is booked');
select ok(
  (tests.run(tests.run_of(1))).next_attempt_at
    between accounting.clock() + interval '0.5 s' and accounting.clock() + interval '1 s',
  'the first question follows soon'
);

select * from finish();
rollback;
