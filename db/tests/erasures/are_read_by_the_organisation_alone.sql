begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.organisation_with_claims(2, 1);
select tests.exported_run(1);
select tests.move_clock('73 months');
select accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17', 'ola');
-- when, then
select tests.sign_in(tests.organisation_id(1), 'auditor');
select results_eq(
  $$ select ground, reference, erased_by, claim_count from api.erasures $$,
  $$ values ('request', 'case 17', 'ola', 1) $$,
  'an auditor reads on what ground, by whom, how much'
);
reset role;
select tests.sign_in(tests.organisation_id(1), 'driver');
select is_empty('select from api.erasures', 'a driver doesn''t');
reset role;
select tests.sign_in(tests.organisation_id(2), 'auditor');
select is_empty('select from api.erasures', 'nor does another organisation''s auditor');
select throws_ok(
  $$ select accounting.erase_person(tests.organisation_id(2), 'person-1', 'case 17') $$,
  '42501', null, 'nobody who signs in may erase'
);

select * from finish();
rollback;
