begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;

-- when the wait is longer than the dispatcher stays
create temp table long as
select o.* from lease as l, accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), l.id,
  jsonb_build_array(tests.item('not_applied', '{1}', '{"retry_after_ms": 4000}')),
  '{"keep_lease_ms": 3000}'
))) as o;
select tests.request(tests.organisation_id(), 2);
create temp table second as select tests.start(tests.organisation_id(), tests.run_of(2)) as id;
select tests.move_clock('8 s');
create temp table short as
select o.* from second as l, accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(2), l.id,
  jsonb_build_array(tests.item('not_applied', '{2}', '{"retry_after_ms": 2000}')),
  '{"keep_lease_ms": 3000}'
))) as o;

-- then
select results_eq(
  'select retry_in_ms, is_lease_kept from long', 'values (4000, false)', 'it is put down'
);
select is((tests.run(tests.run_of(1))).lease_id, null, 'anybody may go on with it');
select results_eq(
  'select retry_in_ms, is_lease_kept from short', 'values (2000, false)',
  'as is one that the lease does not outlive'
);
select is((tests.run(tests.run_of(2))).lease_id, null, 'which anybody may go on with');

select * from finish();
rollback;
