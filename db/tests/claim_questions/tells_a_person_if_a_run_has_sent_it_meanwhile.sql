begin;
select plan(3);

-- given a question whose lease lapsed, a later one that found nothing, and a run that sends
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');
create temp table lease as
select l.lease_id as id from accounting.lease_runs('dispatcher-1', 100) as l;
select accounting.start_question(tests.organisation_id(), null, l.id) from lease as l;
select tests.move_clock('60 s');
select accounting.sweep();
select tests.answer_without_run('absent', '{1}') from generate_series(1, 2);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
create temp table send as select tests.start(tests.organisation_id(), r.id) as id from run as r;

-- when the first question's answer comes after all
select accounting.record_results(jsonb_build_array(tests.report_without_run(
  tests.organisation_id(), l.id,
  tests.item('found', '{1}', jsonb_build_object('external_ids', tests.ids(1, '1001')))
))) from lease as l;
select is(tests.state_of(r.id), 'sending', 'what is being sent goes on') from run as r;

-- then
select is(
  tests.record(tests.organisation_id(), r.id, s.id, 'accepted', '{1}',
    jsonb_build_object('external_ids', tests.ids(1, '1002'))),
  'needs_review', 'the run waits for a person'
)
from run as r, send as s;
select matches((tests.run(r.id)).review_reason, 'look for it twice', 'who is told why')
from run as r;

select * from finish();
rollback;
