begin;
select plan(5);

-- given
select tests.organisation_with_claims(1);
prepare past_the_door as
  insert into accounting.export_requests
    (organisation_id, claim_ids, request_key, system, endpoint, requested_by)
  values ('00000000-0000-4000-8000-000000000001', '{00000000-0000-4000-9000-000000000001}', 'k',
    'business_central', 'https://ledger.example', 'me');
-- when, then
select tests.sign_in(tests.organisation_id(1), 'app');
select throws_ok('execute past_the_door', '42501', null, 'authenticated can''t insert there');
select throws_ok(
  $$ select accounting.request_export(null, null, null) $$, '42501', null,
  'nor call the function behind the view'
);
set local role service_role;
select throws_ok('execute past_the_door', '42501', null, 'service_role can''t either');
set local role anon;
select throws_ok('execute past_the_door', '42501', null, 'nor anon');
reset role;
select is(
  array(
    select r.name || ' ' || p.name
    from unnest(array['anon', 'authenticated', 'service_role', 'export_dispatcher']) as r (name)
    cross join unnest(array['insert', 'update', 'delete', 'truncate']) as p (name)
    cross join pg_catalog.pg_class as c
    where c.relnamespace = 'accounting'::regnamespace
      and c.relkind = 'r'
      and has_table_privilege(r.name, c.oid, p.name)
  ),
  '{}',
  'with access to the schema they would have no right to write to any table either'
);

select * from finish();
rollback;
