begin;
select plan(3);

-- given an exported run that is just being asked about
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.exported_run(1) as id;
select tests.reconcile(r.id) from run as r;
create temp table lease as select tests.lease(r.id) as id from run as r;
select accounting.start_question(tests.organisation_id(), r.id, l.id) from run as r, lease as l;

-- when somebody flags its claim before the answer comes
select tests.move_clock('1 s');
select tests.flag('{1}');
select accounting.record_results(jsonb_build_array(tests.report(
  r.id, l.id, jsonb_build_array(tests.item('found', '{1}', '{"http_status": 200}'))
)))
from run as r, lease as l;

-- then
select isnt((tests.claim(1)).flagged_at, null, 'an older question doesn''t answer the flag');
select is((tests.run(r.id)).ask_at, accounting.clock(), 'it is asked once more') from run as r;
select tests.answer_again(r.id, tests.item('found', '{1}')) from run as r;
select is((tests.claim(1)).flagged_at, null, 'that answer does');

select * from finish();
rollback;
