begin;
select plan(6);

-- given
select tests.organisation(1);
select tests.append(tests.organisation_id(1), 'accepted', '{1}');
-- when, then
select throws_ok(
  'update accounting.export_runs set actor = ''me''', 'AX021', null, 'an update'
);
select throws_ok(
  'update accounting.export_runs set actor = ''me'' where false', 'AX021', null,
  'an update of no rows'
);
select throws_ok('delete from accounting.export_runs', 'AX021', null, 'a delete');
select throws_ok(
  'delete from accounting.export_runs where false', 'AX021', null, 'a delete of no rows'
);
select throws_ok('truncate accounting.export_runs', 'AX021', null, 'a truncate');
select throws_ok(
  'truncate accounting.organisations cascade', 'AX021', null, 'a truncate that cascades to it'
);

select * from finish();
rollback;
