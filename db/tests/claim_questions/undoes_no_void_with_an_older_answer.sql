begin;
select plan(4);

-- given a claim that was found without a run, and that a person removed
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');
create temp table lease as
select l.lease_id as id from accounting.lease_runs('dispatcher-1', 100) as l;
select accounting.start_question(tests.organisation_id(), null, l.id) from lease as l;
create temp table report as
select jsonb_build_array(tests.report_without_run(
  tests.organisation_id(), l.id,
  tests.item('found', '{1}', jsonb_build_object('external_ids', tests.ids(1, '1001')))
)) as report
from lease as l;
select accounting.record_results(r.report) from report as r;
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'it was found');
select tests.move_clock('61 s');
select is(tests.void(null, '{1}'), '1', 'and is voided');

-- when the same answer comes again
select lives_ok('select accounting.record_results(r.report) from report as r', 'it is heard');

-- then
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'and the void stands');

select * from finish();
rollback;
