begin;
select plan(5);

-- given
select tests.file_organisation(2);
create temp table run as select tests.request(tests.organisation_id(), 1, 2) as id;

-- when one of two claims can't be mapped
select is(
  tests.attempt(
    r.id, tests.item('rejected', '{1}', '{"error_message": "no account"}'),
    tests.file_item(r.id, '{2}')
  ),
  'produced', 'the file has the other one'
)
from run as r;

-- then
select is((select f.claim_ids from accounting.export_files as f), tests.claim_ids(2), 'and says so');
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'the refused one is free');
select isnt(
  (tests.run(tests.request(tests.organisation_id(), 1))).batch_key, (tests.run(r.id)).batch_key,
  'and gets a file of its own'
)
from run as r;
select is(tests.confirm(r.id), 'partially_exported', 'the run delivered a part') from run as r;

select * from finish();
rollback;
