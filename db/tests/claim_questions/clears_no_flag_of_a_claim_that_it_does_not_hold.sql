begin;
select plan(2);

-- given a question about claim 1, and a flagged claim 2 that a run holds
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 2);
select tests.flag('{1,2}');
create temp table lease as
select l.lease_id as id from accounting.lease_runs('dispatcher-1', 100) as l where l.run_id is null;
select accounting.start_question(tests.organisation_id(), null, l.id) from lease as l;

-- when the answer to the question tells of claim 2
select lives_ok($$
  select accounting.record_results(jsonb_build_array(tests.report_without_run(
    tests.organisation_id(), l.id, tests.item('absent', '{2}')
  ))) from lease as l
$$, 'it is heard');

-- then
select isnt((tests.claim(2)).flagged_at, null, 'and the flag waits for the run that holds it');

select * from finish();
rollback;
