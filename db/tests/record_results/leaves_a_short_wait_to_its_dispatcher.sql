begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;

-- when
create temp table recorded as
select o.* from lease as l, accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), l.id, jsonb_build_array(tests.item('not_applied', '{1}')),
  '{"keep_lease_ms": 3000}'
))) as o;

-- then
select results_eq(
  'select state, is_lease_kept from recorded', $$ values ('retry_wait', true) $$,
  'the lease is kept'
);
select ok(
  (select r.retry_in_ms between 500 and 1000 from recorded as r),
  'it is told for how long'
);
select is(
  (tests.run(tests.run_of(1))).lease_id, (select l.id from lease as l), 'the run says so too'
);
select is(
  (tests.run(tests.run_of(1))).lease_expires_at, accounting.clock() + interval '10 s',
  'keeping it is no renewal'
);
select tests.wait_until_due(tests.run_of(1));
select is(tests.lease(tests.run_of(1)), null, 'nobody else gets it');

select * from finish();
rollback;
