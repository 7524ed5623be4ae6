begin;
select plan(3);

-- given a file whose dispatcher lost the answer of the commit
select tests.file_organisation(1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
create temp table lease as
select tests.start(tests.organisation_id(), r.id) as id from run as r;
create temp table report as
select tests.report(r.id, l.id, jsonb_build_array(tests.file_item(r.id, '{1}'))) as told
from run as r, lease as l;
select accounting.record_results(jsonb_build_array(r.told)) from report as r;

-- when
select is(o.state, 'produced', 'it is told how the run stands')
from report as r, accounting.record_results(jsonb_build_array(r.told)) as o;

-- then
select is(tests.trail(r.id), '{"attempt accepted"}', 'the trail has it once') from run as r;
select is((select count(*) from accounting.export_files), 1::bigint, 'and there is one file');

select * from finish();
rollback;
