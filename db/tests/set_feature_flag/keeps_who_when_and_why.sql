begin;
select plan(5);

-- given
select tests.organisation(1);
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
-- when
select is(
  (select f.is_enabled from api.set_feature_flag('driver_honorarium', true, 'board 12/2026') as f),
  true, 'it is switched on'
);
select * from api.set_feature_flag('driver_honorarium', true, 'again');
reset role;
update accounting.feature_flags
set is_enabled = false, changed_by = 'somebody', reason = 'past the function';
-- then
select results_eq(
  $$
    select c.change_no, c.is_enabled, c.changed_by, c.reason
    from accounting.feature_flag_changes as c order by c.change_no offset 1
  $$,
  $$ values
    (2, true, 'organisation_admin-1', 'board 12/2026'), (3, false, 'somebody',
    'past the function') $$,
  'every change has left a row, also one in SQL, and no change none'
);
select throws_ok('update accounting.feature_flag_changes set reason = $$x$$
  where false', 'AX021', null,
  'no row of it is changed');
select throws_ok('delete from accounting.feature_flag_changes where false', 'AX021', null,
  'nor deleted');
select throws_ok('delete from accounting.feature_flags where false', 'AX021', null,
  'a flag is not deleted either');

select * from finish();
rollback;
