begin;
select plan(3);

-- given a claim that was found without a run, and that a person has removed since
select tests.organisation_with_claims(1, 1);
select accounting.flag_claims(
  tests.organisation_id(), tests.claim_ids(1), 'is it there?', 'coordinator-1'
);
create temp table lease as
select l.lease_id as id from accounting.lease_runs('dispatcher-1', 100) as l where l.run_id is null;
create temp table started as
select s.* from lease, accounting.start_question(tests.organisation_id(), null, lease.id) as s;
create temp table report as
select jsonb_build_array(jsonb_build_object(
  'organisation_id', tests.organisation_id(), 'run_id', null, 'lease_id', lease.id,
  'kind', 'reconciliation', 'attempt_no', null, 'actor', 'dispatcher-1',
  'rows', jsonb_build_array(tests.item('found', array[1], jsonb_build_object(
    'http_status', 200, 'external_ids', jsonb_build_object(tests.claim_id(1), '["1001"]'::jsonb)
  )))
)) as results
from lease;
select o.* from report, accounting.record_results(report.results) as o;
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'found, it is exported');
select tests.move_clock('61 s');
select accounting.void_claims(
  tests.organisation_id(), null, tests.claim_ids(1), 'reversed in the ledger'
);

-- when the dispatcher, which lost the answer, tells the same again
select o.* from report, accounting.record_results(report.results) as o;

-- then
select is(
  (select c.exported_at from accounting.claims as c), null, 'what was removed is not exported'
);
select is(
  tests.verdict(tests.organisation_id(), 1), 'exportable', 'and may be exported again'
);

select * from finish();
rollback;
