begin;
select plan(4);

-- given a dispatcher that kept its lease for a short wait
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), l.id, jsonb_build_array(tests.item('not_applied', '{1}')),
  '{"keep_lease_ms": 3000}'
)))
from lease as l;

-- when, then
select throws_ok(
  $$ select accounting.start_attempt(tests.organisation_id(), tests.run_of(1), l.id)
     from lease as l $$,
  'AX022', null, 'it has to wait'
);
select is((tests.run(tests.run_of(1))).attempt_no, 1, 'no start is counted');
select tests.wait_until_due(tests.run_of(1));
select lives_ok(
  $$ select accounting.start_attempt(tests.organisation_id(), tests.run_of(1), l.id)
     from lease as l $$,
  'when it is due it goes on under the same lease'
);
select is((tests.run(tests.run_of(1))).attempt_no, 2, 'as the second attempt');

select * from finish();
rollback;
