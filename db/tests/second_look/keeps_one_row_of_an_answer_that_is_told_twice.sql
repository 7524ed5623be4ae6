begin;
select plan(2);

-- given a run that has ended and is asked about again
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('accepted', '{1}'));
select accounting.reconcile_run(tests.organisation_id(), tests.run_of(1));
create temp table lease as select tests.lease(tests.run_of(1)) as id;
select accounting.start_question(tests.organisation_id(), tests.run_of(1), l.id) from lease as l;

-- when the same answer comes twice, the second time without a lease
create temp table report as
select jsonb_build_array(
  tests.report(tests.run_of(1), l.id, jsonb_build_array(tests.item('absent', '{1}')))
) as report
from lease as l;
select accounting.record_results(r.report) from report as r;
select accounting.record_results(r.report) from report as r;

-- then
select is(
  (select count(*) from accounting.export_runs as x where x.kind = 'reconciliation'), 1::bigint,
  'it is in the trail once'
);
select is(
  (select x.outcome from accounting.export_runs as x where x.kind = 'reconciliation'), 'unclear',
  'as the disagreement that it is'
);

select * from finish();
rollback;
