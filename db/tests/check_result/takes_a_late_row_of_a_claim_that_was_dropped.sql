begin;
select plan(2);

-- given a run that dropped its claim, for another run turned out to have booked it
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table run as
select tests.run_of(1) as id, tests.start(tests.organisation_id(), tests.run_of(1)) as lease_id;
select tests.record(tests.organisation_id(), r.id, r.lease_id, 'not_applied', '{1}') from run as r;
select tests.append(tests.organisation_id(), 'accepted', '{1}');
select tests.wait_until_due(r.id) from run as r;
select accounting.start_attempt(tests.organisation_id(), r.id, tests.lease(r.id)) from run as r;
create temp table before as
select (tests.reservation(r.id, 1)).verdict, tests.state_of(r.id) as state from run as r;

-- when the first attempt's answer is told otherwise, late
select tests.record(
  tests.organisation_id(), r.id, r.lease_id, 'rejected', '{1}', '{"envelope_no": 2}'
)
from run as r;

-- then
select results_eq(
  'select verdict, state from before', $$ values ('already_exported', 'skipped') $$,
  'it was dropped'
);
select results_eq(
  $$
    select outcome, is_late from accounting.export_runs where actor = 'dispatcher-1' order by seq
  $$,
  $$ values ('not_applied', false), ('rejected', true) $$,
  'the row is kept as evidence'
);

select * from finish();
rollback;
