begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.request(tests.organisation_id(), 2);
update accounting.integrations set is_enabled = false;
select tests.wait_until_due(tests.run_of(1));

-- when
create temp table leased as select * from accounting.lease_runs('dispatcher-1', 10);

-- then
select results_eq(
  'select run_id, purpose from leased', $$ values (tests.run_of(1), 'ask') $$,
  'only the run in doubt is leased'
);

select * from finish();
rollback;
