begin;
select plan(6);

-- given: three claims, of which one was accepted and one refused
select tests.organisation_with_claims(1, 3);
create temporary table run as select tests.request(tests.organisation_id(1), 1, 2, 3) as id;
create temporary table lease as select tests.start(tests.organisation_id(1), id) as id from run;
select tests.record(
  tests.organisation_id(1), run.id, lease.id, 'accepted', '{1}',
  jsonb_build_object('wire_sha256', repeat('a', 64), 'external_ids', '{"run": ["journal:j1"]}'::jsonb)
) from run, lease;
select tests.record(
  tests.organisation_id(1), run.id, lease.id, 'rejected', '{2}', '{"envelope_no": 2}'
) from run, lease;
select tests.record(
  tests.organisation_id(1), run.id, lease.id, 'not_applied', '{3}', '{"envelope_no": 3}'
) from run, lease;
create temporary table before as select e.* from accounting.export_requests as e;
-- when
create temporary table previewed as
  select accounting.run_to_preview(id) as next, accounting.run_to_preview(id, 1) as first from run;
-- then
select is(
  (select next #> '{batch,openClaimIds}' from previewed), to_jsonb(tests.claim_ids(3)),
  'the open claim is what is sent next'
);
select is(
  (select first #> '{batch,openClaimIds}' from previewed), to_jsonb(tests.claim_ids(1, 2, 3)),
  'the first attempt was about all three'
);
select is(
  (select first #>> '{batch,knownExternalIds}' from previewed), '["journal:j1"]',
  'with the journal that it wrote into'
);
select is(
  (select next #>> '{sent,0,wireSha256}' from previewed), repeat('a', 64),
  'what was sent is told as the trail has it'
);
select results_eq(
  'select * from accounting.export_requests', 'select * from before', 'the run is as it was'
);
select is(
  (select count(*)::integer from accounting.export_runs), 3, 'and nothing was added to the trail'
);

select * from finish();
rollback;
