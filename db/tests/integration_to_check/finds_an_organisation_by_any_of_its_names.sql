begin;
select plan(7);

-- given: two with the same name
select tests.organisation(1), tests.organisation(2), tests.organisation(3);
update accounting.organisations set name = 'The same' where reference_prefix in ('O2', 'O3');
create function pg_temp.found (p_named text)
  returns text
  language sql
as $$ select accounting.integration_to_check(p_named) ->> 'organisationId' $$;
-- when, then
select is(
  pg_temp.found(upper(tests.organisation_id(1)::text)), tests.organisation_id(1)::text, 'by its id'
);
select is(
  pg_temp.found((select organisation_number from accounting.organisations where reference_prefix = 'O1')),
  tests.organisation_id(1)::text, 'by its number'
);
select is(pg_temp.found('o1'), tests.organisation_id(1)::text, 'by its prefix, in any case');
select is(
  pg_temp.found('organisation 1'), tests.organisation_id(1)::text, 'by its name, in any case'
);
select throws_ok(
  $$ select pg_temp.found('The same') $$, 'AX014', null, 'a name that two have names neither'
);
select throws_ok($$ select pg_temp.found('nobody') $$, 'AX014', null, 'nobody is not there');
select throws_ok(
  $$ select accounting.integration_to_check('O1', 'xledger') $$,
  'AX007', null, 'a system that it has no integration with'
);

select * from finish();
rollback;
