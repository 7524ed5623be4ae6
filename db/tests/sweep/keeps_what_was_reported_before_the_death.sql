begin;
select plan(3);

-- given an attempt that had reported on all but one claim
select tests.organisation_with_claims(1, 4);
select tests.request(tests.organisation_id(), 1, 2, 3, 4);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), l.id,
  jsonb_build_array(
    tests.item('accepted', '{1}'), tests.item('rejected', '{2}'), tests.item('not_applied', '{4}')
  )
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
select results_eq(
  $$ select outcome from accounting.claim_reservations order by claim_id $$,
  $$ values ('accepted'), ('rejected'), ('unknown'), ('not_applied') $$,
  'what was reported on the others stays'
);

select * from finish();
rollback;
