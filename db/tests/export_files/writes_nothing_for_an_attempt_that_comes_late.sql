begin;
select plan(6);

-- given an attempt that the sweep gave up
select tests.file_organisation(1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
create temp table lease as
select tests.start(tests.organisation_id(), r.id) as id from run as r;
select tests.move_clock('11 s');
select accounting.sweep();
select is(tests.state_of(r.id), 'in_doubt', 'it is in doubt') from run as r;

-- when its dispatcher wakes up
create temp table late as
select o.*
from run as r, lease as l
cross join lateral accounting.record_results(jsonb_build_array(tests.report(
  r.id, l.id, jsonb_build_array(tests.file_item(r.id, '{1}'))
))) as o;

-- then
select is(l.is_late, true, 'it is told so') from late as l;
select is((select count(*) from accounting.export_files), 0::bigint, 'no file was written');
select is(
  tests.trail(r.id), '{"attempt unknown", "attempt not_applied"}', 'and the trail says that'
)
from run as r;
select is(
  tests.answer(r.id, tests.item('absent', '{1}', '{"collides": true}')), 'retry_wait',
  'asked about, it is absent, and goes on at once'
)
from run as r;
select is(tests.attempt(r.id, tests.file_item(r.id, '{1}')), 'produced', 'to its file')
from run as r;

select * from finish();
rollback;
