begin;
select plan(5);

-- given
select tests.organisation_with_claims(1), tests.organisation(2);
create temporary table run as select tests.request(tests.organisation_id(1), 1) as id;
update accounting.integrations set paused_at = now(), paused_reason = '401 twice';
select is((select tests.lease(id) from run), null, 'nothing is leased while it is paused');
-- when, then
select ok(
  accounting.resume_integration(tests.organisation_id(1), 'business_central'),
  'it was paused, and is resumed'
);
select results_eq(
  $$ select paused_reason from accounting.integrations order by organisation_id $$,
  array[null, '401 twice'],
  'pause and reason are gone; another organisation''s pause stays'
);
select isnt((select tests.lease(id) from run), null, 'the run goes on');
select is(
  accounting.resume_integration(tests.organisation_id(1), 'business_central'), false,
  'the second time there is nothing to resume'
);

select * from finish();
rollback;
