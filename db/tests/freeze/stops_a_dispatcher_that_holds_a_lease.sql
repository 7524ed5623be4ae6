begin;
select plan(2);

-- given a run that was leased before the server changed
select tests.organisation_with_claims(1, 1);
select tests.move_to_server('1');
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
create temp table lease as select tests.lease(r.id) as id from run as r;

-- when
select tests.move_to_server('2');

-- then
select throws_ok(
  format('select accounting.start_attempt(%L, %L, %L)', tests.organisation_id(), r.id, l.id),
  'AX020', null, 'its dispatcher starts nothing'
)
from run as r, lease as l;
select accounting.lease_runs('dispatcher-2', 100);
select is(tests.state_of(r.id), 'reconciling', 'and the run is asked about') from run as r;

select * from finish();
rollback;
