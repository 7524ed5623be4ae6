begin;
select plan(6);

-- given
select tests.organisation(1), tests.organisation(2);
update accounting.integrations set paused_at = now(), paused_reason = '401';
create function pg_temp.resume (p_app_role text, p_evidence text default 'mended', p_no integer default 1)
  returns text language sql as $$
  select tests.act(
    format('select is_resumed from api.resume_integration(%L, %L)', 'business_central', p_evidence),
    p_app_role, p_no
  );
$$;

-- when, then
select is(
  array(
    select pg_temp.resume(r) from unnest(array['app', 'coordinator', 'driver', 'auditor']) as r
  ),
  array['AX009', 'AX009', 'AX009', 'AX009'], 'nobody else may'
);
select is(pg_temp.resume('organisation_admin', ' '), 'AX017', 'not without words');
select is(
  tests.act($$ select is_resumed from api.resume_integration('xledger', 'mended') $$,
    'organisation_admin'),
  'AX007', 'not one that there isn''t'
);
select is_empty('select from accounting.integration_resumptions', 'and nothing is kept of it');
select is(
  array[pg_temp.resume('organisation_admin'), pg_temp.resume('organisation_admin')],
  array['true', 'false'], 'the second time it is not paused'
);
select results_eq(
  'select paused_reason from accounting.integrations order by organisation_id',
  array[null, '401'], 'another organisation''s stays as it is'
);

select * from finish();
rollback;
