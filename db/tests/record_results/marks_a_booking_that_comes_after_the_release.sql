begin;
select plan(5);

-- given a claim that was released as refused
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'rejected', '{1}')
from lease as l;

-- when
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'accepted', '{1}')
from lease as l;

-- then
select is(
  (tests.reservation(tests.run_of(1), 1)).booked_late_at, accounting.clock(), 'it is booked late'
);
select is(
  (tests.reservation(tests.run_of(1), 1)).released_at, null, 'nobody may send it any more'
);
select is(
  (select c.exported_run_id from accounting.claims as c), tests.run_of(1), 'the claim is marked'
);
select results_eq(
  'select kind, run_id, claim_id from api.export_attention',
  $$ values ('booked_late', tests.run_of(1), tests.claim_id(1)) $$, 'a person is told'
);
select is(tests.state_of(tests.run_of(1)), 'rejected', 'an ended run stays as it ended');

select * from finish();
rollback;
