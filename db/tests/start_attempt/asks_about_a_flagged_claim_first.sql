begin;
select plan(6);

-- given a claim that is flagged after the run was made
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1, 2);
update accounting.claims set flagged_at = accounting.clock(), flagged_reason = 'a double?'
where id = tests.claim_id(1);
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when
create temp table started as
select s.* from lease,
  accounting.start_attempt(tests.organisation_id(), tests.run_of(1), lease.id) as s;

-- then
select results_eq(
  'select is_started, state from started', $$ values (false, 'in_doubt') $$, 'nothing is sent'
);
select is((tests.run(tests.run_of(1))).attempt_no, 0, 'no start is counted');
select is((tests.run(tests.run_of(1))).lease_id, null, 'the run is put down');
select is(
  (tests.run(tests.run_of(1))).quarantine_until, accounting.clock() + interval '70 s',
  'the quarantine begins where the lease would have ended'
);
select is(
  (tests.reservation(tests.run_of(1), 1)).outcome, 'unknown',
  'the flagged claim is in doubt'
);
select is((tests.reservation(tests.run_of(1), 2)).outcome, null, 'the other one is not');

select * from finish();
rollback;
