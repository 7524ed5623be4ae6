begin;
select plan(4);

-- given a run whose file was written without its claim 2, as nothing of ours does
select tests.file_organisation(2);
create temp table run as select tests.request(tests.organisation_id(), 1, 2) as id;
select accounting.store_file(tests.run(r.id), tests.claim_ids(1), tests.file(r.id) -> 'file')
from run as r;
select is(tests.attempt(r.id, tests.file_item(r.id, '{1, 2}')), 'in_doubt', 'it isn''t known which')
from run as r;

-- when it is asked about
select is(
  tests.answer(
    r.id, tests.item('found', '{1}', '{"http_status": null}'),
    tests.item('absent', '{2}', '{"collides": true}')
  ),
  'retry_wait', 'claim 1 is in it'
)
from run as r;

-- then
select is(tests.attempt(r.id, tests.file_item(r.id, '{2}')), 'in_doubt', 'claim 2 doesn''t get in')
from run as r;
select is((select f.claim_ids from accounting.export_files as f), tests.claim_ids(1), 'it is as it was');

select * from finish();
rollback;
