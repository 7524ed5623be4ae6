begin;
select plan(3);

-- given
select tests.organisation(1);
-- when, then
select throws_ok(
  'select accounting.resume_integration(tests.organisation_id(99), ''business_central'')',
  'AX014', null, 'an organisation that is not there'
);
select throws_ok(
  'select accounting.resume_integration(tests.organisation_id(1), ''sap'')',
  'AX007', null, 'a system that it has no integration with'
);
select is(
  accounting.resume_integration(tests.organisation_id(1), 'business_central'), false,
  'one that is there and not paused is no error'
);

select * from finish();
rollback;
