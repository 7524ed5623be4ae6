begin;
select plan(3);

-- given
select tests.organisation(1);
select tests.organisation(2);
select tests.switch_honoraria(tests.organisation_id(2));
create function pg_temp.seen (p_app_role text) returns text language plpgsql as $$
declare v_seen text;
begin
  perform tests.sign_in('00000000-0000-4000-8000-000000000001', p_app_role);
  select string_agg(f.name || ' ' || f.is_enabled, ', ') into v_seen from api.feature_flags as f;
  reset role;
  return v_seen;
end;
$$;
-- when, then
select results_eq(
  $$ select pg_temp.seen(r) from unnest('{app,coordinator,driver,organisation_admin}'::text[]) as r $$,
  $$ select 'driver_honorarium false' from generate_series(1, 4) $$,
  'each sees the flag of its own organisation alone, off from the beginning'
);
select is(pg_temp.seen('auditor'), null, 'an auditor sees none');
set local role service_role;
select is((select count(*)::integer from api.feature_flags), 2, 'service_role sees all');
reset role;

select * from finish();
rollback;
