begin;
select plan(3);

-- given a claim that is being asked for, and is flagged once more meanwhile
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');
create temp table lease as
select l.lease_id as id from accounting.lease_runs('dispatcher-1', 100) as l;
select accounting.start_question(tests.organisation_id(), null, l.id) from lease as l;
select tests.move_clock('1 s');
select tests.flag('{1}');

-- when the first question is answered
select accounting.record_results(jsonb_build_array(tests.report_without_run(
  tests.organisation_id(), l.id,
  tests.item('found', '{1}', jsonb_build_object('external_ids', tests.ids(1, '1001')))
)))
from lease as l;

-- then
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'found, it is exported');
select isnt((tests.claim(1)).flagged_at, null, 'the second flag stands');
select is(
  (tests.question(1)).next_question_at, accounting.clock(), 'and is asked about at once'
);

select * from finish();
rollback;
