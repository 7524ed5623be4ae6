begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'rejected', '{1}')
from lease as l;
select tests.request(tests.organisation_id(), 2);
select tests.attempt(tests.run_of(2), tests.item('accepted', '{2}'));

-- when
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'accepted', '{1}')
from lease as l;
update accounting.claim_reservations
set fault = 'the journal was never posted', faulted_at = accounting.clock()
where run_id = tests.run_of(2);

-- then
select set_eq(
  'select kind, run_id, claim_id from api.export_attention',
  $$ values ('booked_late', tests.run_of(1), tests.claim_id(1)),
       ('faulted', tests.run_of(2), tests.claim_id(2)) $$,
  'also of runs that have ended'
);
select is_empty(
  'select * from api.export_attention where reason is null or action is null or since is null',
  'each says since when, why, and what to do'
);

select * from finish();
rollback;
