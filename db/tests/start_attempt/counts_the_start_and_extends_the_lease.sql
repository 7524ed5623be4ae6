begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.lease(tests.run_of(1)) as id;
select tests.move_clock('4 s');

-- when
create temp table started as
select s.* from lease,
  accounting.start_attempt(tests.organisation_id(), tests.run_of(1), lease.id) as s;

-- then
select results_eq(
  'select is_started, state, attempt_no from started', $$ values (true, 'sending', 1) $$,
  'the attempt has started'
);
select is(tests.state_of(tests.run_of(1)), 'sending', 'the run says so');
select is((tests.run(tests.run_of(1))).attempt_no, 1, 'the start is counted');
select is((tests.run(tests.run_of(1))).charged_attempts, 1, 'and charged');
select is(
  (tests.run(tests.run_of(1))).lease_expires_at, accounting.clock() + interval '10 s',
  'the lease lasts lease_ms from here'
);
select is(
  (tests.run(tests.run_of(1))).attempt_started_at, accounting.clock(),
  'the time of the start is kept'
);

select * from finish();
rollback;
