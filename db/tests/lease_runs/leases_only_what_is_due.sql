begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));
select tests.request(tests.organisation_id(), 2);

-- when
create temp table early as select * from accounting.lease_runs('dispatcher-1', 10);
select tests.wait_until_due(tests.run_of(1));
create temp table due as select * from accounting.lease_runs('dispatcher-1', 10);

-- then
select results_eq(
  'select run_id, purpose from early', $$ values (tests.run_of(2), 'send') $$,
  'a run that waits for its retry is not leased'
);
select results_eq(
  'select run_id, purpose from due', $$ values (tests.run_of(1), 'send') $$,
  'it is leased once it is due'
);

select * from finish();
rollback;
