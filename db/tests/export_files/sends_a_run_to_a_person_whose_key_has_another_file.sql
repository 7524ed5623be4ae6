begin;
select plan(4);

-- given another run's file under the run's batch key
select tests.file_organisation(3);
create temp table run as select tests.request(tests.organisation_id(), 1, 2) as id;
create temp table other as select tests.request(tests.organisation_id(), 3) as id;
select accounting.store_file(
  jsonb_populate_record(
    tests.run(o.id), jsonb_build_object('batch_key', (tests.run(r.id)).batch_key)
  ),
  tests.claim_ids(1, 2), tests.file(r.id) -> 'file'
)
from run as r, other as o;

-- when
select is(
  tests.attempt(r.id, tests.file_item(r.id, '{1, 2}')), 'in_doubt', 'what was written isn''t known'
)
from run as r;

-- then
select is(
  accounting.file_look_up(tests.organisation_id(), r.id, (tests.run(r.id)).batch_key,
    tests.claim_ids(1, 2)) - 'nameByClaimId',
  '{"isTaken": true, "isHistoryLost": false}', 'asking is told that the key is taken'
)
from run as r;
select is(
  tests.answer(r.id, tests.item('unclear', '{1, 2}', '{"needs_person": true}')), 'needs_review',
  'and a person looks'
)
from run as r;
select is((select count(*) from accounting.export_files), 1::bigint, 'nothing was written beside it');

select * from finish();
rollback;
