begin;
select plan(4);

-- given a delivered claim whose run is asked about, and a flag that is raised meanwhile
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.exported_run(1) as id;
select tests.reconcile(r.id) from run as r;
select tests.move_clock_to((tests.run(r.id)).ask_at) from run as r;
create temp table lease as select tests.lease(r.id) as id from run as r;
select accounting.start_question(tests.organisation_id(), r.id, l.id) from run as r, lease as l;
select tests.move_clock('1 s');
select tests.flag('{1}');

-- when the answer to the older question comes
select tests.record(
  tests.organisation_id(), r.id, l.id, 'found', '{1}',
  jsonb_build_object('external_ids', tests.ids(1, '1001'))
) from run as r, lease as l;

-- then
select isnt((tests.claim(1)).flagged_at, null, 'an older answer clears no flag');
select isnt((tests.run(r.id)).ask_at, null, 'it is asked once more') from run as r;
select tests.answer_again(
  r.id, tests.item('found', '{1}', jsonb_build_object('external_ids', tests.ids(1, '1001')))
) from run as r;
select is((tests.claim(1)).flagged_at, null, 'and that answer clears it');
select is((tests.run(r.id)).ask_at, null, 'then nobody asks any more') from run as r;

select * from finish();
rollback;
