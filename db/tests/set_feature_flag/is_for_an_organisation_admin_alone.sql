begin;
select plan(6);

-- given
select tests.organisation(1);
prepare switch_on as select * from api.set_feature_flag('driver_honorarium', true, 'because');
-- when, then
select tests.sign_in(tests.organisation_id(), r.name) from (values ('coordinator')) as r (name);
select throws_ok('execute switch_on', 'AX009', null, 'a coordinator may not');
select tests.sign_in(tests.organisation_id(), 'auditor');
select throws_ok('execute switch_on', 'AX009', null, 'an auditor may not');
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
select throws_ok(
  $$ select * from api.set_feature_flag('telepathy', true, 'because') $$, 'AX029', null,
  'a flag that there isn''t can''t be switched'
);
select throws_ok(
  $$ select * from api.set_feature_flag('driver_honorarium', null, 'because') $$, 'AX029', null,
  'a flag is on or off'
);
select throws_ok(
  $$ select * from api.set_feature_flag('driver_honorarium', true, ' ') $$, 'AX017', null,
  'a reason is given'
);
select results_eq(
  'select name, is_enabled from api.feature_flags', $$ values ('driver_honorarium', false) $$,
  'and it is off as it was'
);

select * from finish();
rollback;
