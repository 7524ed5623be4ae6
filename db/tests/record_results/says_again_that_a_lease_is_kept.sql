begin;
select plan(4);

-- given an attempt to be repeated soon, by the dispatcher that keeps the lease for it
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
create temp table report as
select jsonb_build_array(tests.report(
  tests.run_of(1), l.id, jsonb_build_array(tests.item('not_applied', '{1}')),
  '{"keep_lease_ms": 3000}'
)) as results
from lease as l;
create temp table first as select o.* from report, accounting.record_results(report.results) as o;

-- when the answer was lost, so that it is recorded again
create temp table again as select o.* from report, accounting.record_results(report.results) as o;

-- then
select results_eq('select * from again', 'select * from first', 'the answer is the same');
select results_eq(
  'select is_late, state, is_lease_kept from again', $$ values (false, 'retry_wait', true) $$,
  'the lease is kept still'
);
select ok((select a.retry_in_ms between 500 and 1000 from again as a), 'and told for how long');
select tests.wait_until_due(tests.run_of(1));
select is(
  (
    select s.is_started from lease,
      accounting.start_attempt(tests.organisation_id(), tests.run_of(1), lease.id) as s
  ),
  true, 'so it goes on under that lease'
);

select * from finish();
rollback;
