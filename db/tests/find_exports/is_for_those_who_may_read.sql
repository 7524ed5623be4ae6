begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 2), tests.organisation_with_claims(2, 2);
create temporary table run as select tests.exported_run(1) as id;
create function pg_temp.found (p_app_role text, p_no integer default 1, p_limit integer default 20)
  returns text language sql as $$
  select tests.act(
    format('select count(*) from api.find_exports(%L, %L)', 'T-', p_limit), p_app_role, p_no
  );
$$;

-- when, then
select is(
  array(
    select pg_temp.found(r)
    from unnest(array['app', 'coordinator', 'auditor', 'organisation_admin', 'driver']) as r
  ),
  array['1', '1', '1', '1', 'AX009'], 'roles that read find, others may not'
);
select is(pg_temp.found('coordinator', 2), '0', 'another organisation finds nothing of it');
select is(
  array(
    select tests.act(format('select count(*) from api.find_exports(%L)', t), 'coordinator', no)
    from run, unnest(array['1001', id::text, tests.claim_id(1)::text]) as t, unnest(array[1, 2]) as no
    order by no
  ),
  array['1', '1', '1', '0', '0', '0'], 'by whatever id'
);
select tests.exported_run(2);
select is(
  array[pg_temp.found('app', 1, 1), pg_temp.found('app', 1, -5), pg_temp.found('app', 1, 1000)],
  array['1', '1', '2'], 'the limit is kept between 1 and 200'
);
set local role service_role;
select results_eq(
  $$ select count(*) from api.find_exports('T-', p_organisation_id => '00000000-0000-4000-8000-000000000001') $$,
  array[2::bigint], 'service_role names the organisation'
);

select * from finish();
rollback;
