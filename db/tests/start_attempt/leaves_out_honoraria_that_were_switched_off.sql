begin;
select plan(5);

-- given
select tests.organisation_with_claims(1);
select tests.switch_honoraria(tests.organisation_id());
select tests.declare(tests.organisation_id());
select tests.honorarium(tests.organisation_id(), n) from generate_series(2, 4) as n;
select tests.acknowledge(tests.organisation_id());
select tests.request(tests.organisation_id(), 4);
select tests.attempt(tests.run_of(4), tests.item('unknown', '{4}', '{"http_status": 500}'));
select tests.request(tests.organisation_id(), 1, 2);
select tests.request(tests.organisation_id(), 3);
-- when
select tests.switch_honoraria(tests.organisation_id(), false);
-- then
create temp table leased as select * from accounting.lease_runs('dispatcher-1', 100);
create temp table sent as
select s.* from leased as l
cross join lateral accounting.start_attempt(tests.organisation_id(), l.run_id, l.lease_id) as s
where l.run_id in (tests.run_of(1), tests.run_of(3));
select results_eq(
  $$ select s.batch -> 'openClaimIds' from sent as s where s.is_started $$,
  $$ select to_jsonb(tests.claim_ids(1)) $$, 'the honorarium is not sent'
);
select is(tests.state_of(tests.run_of(1)), 'sending', 'what else is in the run is');
select is(tests.state_of(tests.run_of(3)), 'skipped', 'a run of honoraria alone sends nothing');
select is(tests.verdict(tests.organisation_id(), 3), 'feature_disabled', 'and holds nothing back');
select is(
  (tests.reservation(tests.run_of(4), 4)).verdict, 'exportable',
  'what may be in the ledger already stays until that is certain'
);

select * from finish();
rollback;
