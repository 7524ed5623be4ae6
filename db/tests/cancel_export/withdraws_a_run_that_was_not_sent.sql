begin;
select plan(7);

-- given a queued run that a dispatcher holds
select tests.organisation_with_claims(1, 2);
create temp table run as select tests.request(tests.organisation_id(), 1, 2) as id;
create temp table lease as select tests.lease(r.id) as id from run as r;

-- when
select is(tests.cancel(r.id), 'cancelled', 'it is cancelled') from run as r;

-- then
select throws_ok(
  format('select accounting.start_attempt(%L, %L, %L)', tests.organisation_id(), r.id, l.id),
  'AX020', null, 'its dispatcher sends nothing'
)
from run as r, lease as l;
select is(tests.counts(r.id), '0 0 2 0', 'its claims are skipped') from run as r;
select is(tests.trail(r.id), '{decision cancelled}', 'the trail says who did it') from run as r;
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'its claims are free');
select is(tests.cancel(r.id), 'AX018', 'it can''t be cancelled twice') from run as r;
select is(tests.trail(r.id), '{decision cancelled}', 'which leaves no trace') from run as r;

select * from finish();
rollback;
