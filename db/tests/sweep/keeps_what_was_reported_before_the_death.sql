begin;
select plan(4);

-- given two envelopes, one of them reported
select tests.organisation_with_claims(1, 3);
select tests.request(tests.organisation_id(), 1, 2, 3);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), l.id,
  jsonb_build_array(tests.item('accepted', '{1}'), tests.item('rejected', '{2}'))
)))
from lease as l;

-- when
select tests.move_clock('10 s');
select accounting.sweep();

-- then
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'the run is in doubt');
select is(
  (select r.claim_ids from accounting.export_runs as r where r.actor = 'sweep'),
  to_jsonb(tests.claim_ids(3)), 'only about the claim that was not reported'
);
select is(
  (tests.reservation(tests.run_of(1), 1)).outcome, 'accepted',
  'what was booked stays booked'
);
select is(
  (tests.reservation(tests.run_of(1), 2)).outcome, 'rejected',
  'what was refused stays refused'
);

select * from finish();
rollback;
