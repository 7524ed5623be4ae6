begin;
select plan(2);

-- given a run that sends, and somebody who flags its claim meanwhile
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
update accounting.claims set flagged_at = accounting.clock(), flagged_reason = 'a restore';

-- when
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'accepted', '{1}')
from lease as l;

-- then
select isnt((select c.exported_at from accounting.claims as c), null, 'it is booked');
select results_eq(
  'select flagged_at, flagged_reason from accounting.claims',
  $$ values (accounting.clock(), 'a restore') $$,
  'what was raised in between is not answered by a send that was under way'
);

select * from finish();
rollback;
