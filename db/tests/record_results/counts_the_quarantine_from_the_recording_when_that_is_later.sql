begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;

-- when a dispatcher hung, and records before the sweep came
select tests.move_clock('25 s');
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'unknown', '{1}')
from lease as l;

-- then
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'it is in doubt');
select is(
  (tests.run(tests.run_of(1))).quarantine_until, accounting.clock() + interval '60 s',
  'quarantine_ms after the recording'
);

select * from finish();
rollback;
