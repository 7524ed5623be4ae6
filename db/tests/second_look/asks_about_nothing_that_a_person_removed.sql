begin;
select plan(2);

-- given a run of which one claim was voided
select tests.organisation_with_claims(1, 2);
create temp table run as select tests.exported_run(1, 2) as id;
select tests.void(r.id, '{1}') from run as r;

-- when
select tests.reconcile(r.id) from run as r;
create temp table started as
select s.batch
from run as r
cross join lateral (select tests.lease(r.id)) as l (id)
cross join lateral accounting.start_question(tests.organisation_id(), r.id, l.id) as s;

-- then
select is(
  (select s.batch -> 'openClaimIds' from started as s), to_jsonb(tests.claim_ids(2)),
  'only the other one is asked for'
);
select is(
  (select s.batch -> 'voidedExternalIds' from started as s), '["1001"]',
  'with the ids that don''t count'
);

select * from finish();
rollback;
