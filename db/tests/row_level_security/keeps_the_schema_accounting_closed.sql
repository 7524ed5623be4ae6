begin;
select plan(9);

-- given
select tests.organisation_with_claims(1);
-- when, then
select is(
  array(
    select r.name
    from unnest(array['anon', 'authenticated', 'service_role']) as r (name)
    where has_schema_privilege(r.name, 'accounting', 'usage')
  ),
  '{}', 'no role of the API may name what is in it'
);
select is(
  array(
    select r.name || ' ' || c.column_name
    from unnest(array['anon', 'authenticated', 'service_role', 'export_dispatcher']) as r (name)
    cross join (values
      ('claims', 'claimant_name'), ('claims', 'claimant_id'), ('claim_lines', 'text'),
      ('export_requests', 'frozen_input'), ('integrations', 'settings'),
      ('integrations', 'credential_ref'), ('export_runs', 'hash'), ('audit_heads', 'hash')
    ) as c (table_name, column_name)
    where has_column_privilege(r.name, 'accounting.' || c.table_name, c.column_name, 'select')
  ),
  '{}', 'and none has a right to personal data, settings or the internals of the hashes'
);
select tests.sign_in(tests.organisation_id(1), 'coordinator');
select throws_ok('table accounting.claims', '42501', null, 'authenticated can''t read a table');
select throws_ok(
  'select accounting.append_export_run(null)', '42501', null, 'nor call what writes the trail'
);
set local role service_role;
select throws_ok('table accounting.claims', '42501', null, 'nor can service_role');
set local role export_dispatcher;
select throws_ok('table accounting.claims', '42501', null, 'nor a dispatcher');
select throws_ok('table api.export_status', '42501', null, 'which has no business in api either');
set local role anon;
select throws_ok('table api.export_status', '42501', null, 'anon reads no view');
select throws_ok('select api.get_export_status()', '42501', null, 'and calls nothing');

select * from finish();
rollback;
