begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.request(tests.organisation_id(), 2);
update accounting.integrations set paused_at = accounting.clock(), paused_reason = 'a 403';
select tests.wait_until_due(tests.run_of(1));

-- when
create temp table paused as select * from accounting.lease_runs('dispatcher-1', 10);
select accounting.resume_integration(tests.organisation_id(), 'business_central');
create temp table resumed as select * from accounting.lease_runs('dispatcher-1', 10);

-- then
select results_eq(
  'select run_id, purpose from paused', $$ values (tests.run_of(1), 'ask') $$,
  'only the run in doubt is leased'
);
select results_eq(
  'select run_id, purpose from resumed', $$ values (tests.run_of(2), 'send') $$,
  'the other one follows once it is resumed'
);

select * from finish();
rollback;
