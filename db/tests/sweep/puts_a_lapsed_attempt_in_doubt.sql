begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;

-- when the sweep comes long after the lease's end
select tests.move_clock('100 s');
select accounting.sweep();

-- then
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'it may have been applied');
select is((tests.run(tests.run_of(1))).lease_id, null, 'nobody carries it');
select is(
  (tests.run(tests.run_of(1))).quarantine_until, accounting.clock() + interval '60 s',
  'the quarantine counts from now, for the dispatcher may have hung'
);
select results_eq(
  'select outcome, attempt_no, actor, claim_ids, lease_id, http_status from accounting.export_runs',
  $$ select 'unknown', 1, 'sweep', to_jsonb(tests.claim_ids(1)), l.id, null::integer
     from lease as l $$,
  'the attempt that died is in the trail'
);
select is((tests.run(tests.run_of(1))).charged_attempts, 1, 'it was charged');

select * from finish();
rollback;
