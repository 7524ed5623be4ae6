begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 3);
select tests.request(tests.organisation_id(), 2);
select tests.attempt(tests.run_of(2), tests.item('accepted', '{2}'));
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 3);
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 1);
create temp table expected as
select tests.run_of(1) as first, tests.run_of(3) as second, tests.run_of(2) as third;

-- when
select tests.sign_in(tests.organisation_id(), 'coordinator');
create temp table seen as select * from api.get_export_status();
create temp table two as select * from api.get_export_status(p_limit => 2);
reset role;

-- then
select results_eq(
  'select "runId" from seen',
  'select unnest(array[first, second, third]) from expected', 'by the time of the request'
);
select results_eq(
  'select "runId" from two', 'select unnest(array[first, second]) from expected',
  'the limit keeps the newest'
);
select results_eq(
  $$ select "exportedAt" is not null, "totalClaims", "successCount", "failureCount",
       "integrationStatus" from seen $$,
  $$ values (false, 1, 0, 0, 'queued'), (false, 1, 0, 0, 'queued'), (true, 1, 1, 0, 'exported') $$,
  'with counts and states'
);

select * from finish();
rollback;
