begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));

-- then
select is(tests.state_of(tests.run_of(1)), 'retry_wait', 'it will be sent again');
select ok(
  (tests.run(tests.run_of(1))).next_attempt_at
    between accounting.clock() + interval '0.5 s' and accounting.clock() + interval '1 s',
  'after between half of base_delay_ms and the whole of it'
);
select is((tests.run(tests.run_of(1))).lease_id, null, 'nobody carries it');
select is(
  (tests.reservation(tests.run_of(1), 1)).released_at, null, 'nobody else may send it meanwhile'
);
select is((tests.run(tests.run_of(1))).quarantine_until, null, 'there is no doubt');

select * from finish();
rollback;
