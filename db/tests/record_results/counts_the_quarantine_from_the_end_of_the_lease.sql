begin;
select plan(1);

-- given a lease that was renewed
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.move_clock('8 s');
select accounting.renew_lease(tests.organisation_id(), tests.run_of(1), l.id) from lease as l;

-- when
select tests.move_clock('2 s');
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'unknown', '{1}')
from lease as l;

-- then
select is(
  (tests.run(tests.run_of(1))).quarantine_until, accounting.clock() + interval '68 s',
  'quarantine_ms after the renewed lease would have ended'
);

select * from finish();
rollback;
