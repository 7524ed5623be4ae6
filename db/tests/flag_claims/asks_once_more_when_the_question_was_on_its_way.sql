begin;
select plan(4);

-- given a delivered claim whose run is being asked about
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.exported_run(1) as id;
select tests.reconcile(r.id) from run as r;
create temp table lease as select tests.lease(r.id) as id from run as r;
select accounting.start_question(tests.organisation_id(), r.id, l.id) from run as r, lease as l;

-- when it is flagged before the answer is there
select tests.move_clock('1 s');
select tests.flag('{1}');
select accounting.record_results(jsonb_build_array(tests.report(
  r.id, l.id, jsonb_build_array(tests.item('found', '{1}'))
)))
from run as r, lease as l;

-- then that answer is too old for the flag, and the next one isn't
select isnt((tests.claim(1)).flagged_at, null, 'the flag stays');
select is((tests.run(r.id)).ask_at, accounting.clock(), 'its run is asked about anew') from run as r;
select tests.answer_again(r.id, tests.item('found', '{1}')) from run as r;
select is((tests.claim(1)).flagged_at, null, 'then the flag is cleared');
select is((tests.run(r.id)).ask_at, null, 'and nobody asks any more') from run as r;

select * from finish();
rollback;
