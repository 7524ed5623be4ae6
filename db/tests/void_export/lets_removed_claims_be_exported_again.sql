begin;
select plan(9);

-- given
select tests.organisation_with_claims(1, 2);
create temp table run as select tests.exported_run(1, 2) as id;

-- when one of two claims was removed from the ledger
select is(tests.void(r.id, '{1}'), '1', 'one claim is voided') from run as r;

-- then
select is((tests.claim(1)).exported_at, null, 'it is no longer marked as exported');
select is(tests.counts(r.id), '1 0 1 0', 'the run has delivered the other one') from run as r;
select is(tests.state_of(r.id), 'exported', 'and stays as it is') from run as r;
select is(
  (select x.external_ids from accounting.export_runs as x where x.outcome = 'voided'),
  tests.ids(1, '1001'), 'the trail names what was removed'
);
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'it may be exported again');
select is(tests.verdict(tests.organisation_id(), 2), 'already_exported', 'the other one may not');
create temp table again as select tests.request(tests.organisation_id(), 1) as id;
select is(tests.attempt(a.id, tests.item('accepted', '{1}')), 'exported', 'and is') from again as a;
select is(
  tests.resolve(a.id, 'proved_absent'), 'AX018', 'the new run is one like any other'
)
from again as a;

select * from finish();
rollback;
