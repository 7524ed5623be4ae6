begin;
select plan(5);

-- given
select tests.file_organisation(3);
create temp table run as select tests.produced_run(1, 2) as id;

-- when, then
select is(
  accounting.file_look_up(tests.organisation_id(), null, null, tests.claim_ids(1, 3))
    -> 'nameByClaimId',
  jsonb_build_object(tests.claim_id(1), f.name), 'without a run: wherever it is'
)
from accounting.export_files as f;
select is(
  accounting.file_look_up(
    tests.organisation_id(), r.id, (tests.run(r.id)).batch_key, tests.claim_ids(1, 3)
  ) -> 'nameByClaimId',
  jsonb_build_object(tests.claim_id(1), f.name), 'of a run: by its batch key'
)
from run as r, accounting.export_files as f;
select tests.void(r.id, '{1}') from run as r;
select is(
  accounting.file_look_up(tests.organisation_id(), null, null, tests.claim_ids(1))
    -> 'nameByClaimId',
  '{}', 'a voided claim is in none'
);
-- and when the ended run is asked about
select tests.confirm(r.id) from run as r;
select is(tests.reconcile(r.id), 'partially_exported', 'its state stays') from run as r;
select is(
  tests.answer_again(r.id, tests.item('found', '{2}', '{"http_status": null}')), 'partially_exported',
  'and the file answers'
)
from run as r;

select * from finish();
rollback;
