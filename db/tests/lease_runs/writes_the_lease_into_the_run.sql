begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when
create temp table leased as select * from accounting.lease_runs('dispatcher-1', 10);

-- then
select results_eq(
  'select organisation_id, run_id, lease_ms from leased',
  $$ values (tests.organisation_id(), tests.run_of(1), 10000) $$,
  'the answer names the run and the length of the lease'
);
select is(
  (tests.run(tests.run_of(1))).lease_id, (select l.lease_id from leased as l),
  'the lease is the run''s'
);
select is((tests.run(tests.run_of(1))).leased_by, 'dispatcher-1', 'it names the dispatcher');
select is(
  (tests.run(tests.run_of(1))).lease_expires_at, accounting.clock() + interval '10 s',
  'it lasts lease_ms'
);
select is(tests.state_of(tests.run_of(1)), 'queued', 'nothing is sent yet, so the state stays');
select is((tests.run(tests.run_of(1))).attempt_no, 0, 'and no attempt is counted');

select * from finish();
rollback;
