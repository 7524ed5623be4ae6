begin;
select plan(5);

-- given
select tests.organisation_with_claims(1);
select tests.request(tests.organisation_id(1), 1);
create function pg_temp.seen (p_claims text)
  returns bigint
  language plpgsql
as $$
declare
  v_count bigint;
begin
  perform set_config('request.jwt.claims', replace(
    p_claims, 'O1', '"organisation_id": "00000000-0000-4000-8000-000000000001"'
  ), true);
  set local role authenticated;
  select count(*) into v_count from api.export_requests;
  reset role;
  return v_count;
end;
$$;
-- when, then
select is(pg_temp.seen('{O1, "app_role": "app"}'), 1::bigint, 'the top level');
select is(pg_temp.seen('{"app_metadata": {O1, "app_role": "app"}}'), 1::bigint, 'app_metadata');
select is(
  pg_temp.seen('{"user_metadata": {O1, "app_role": "app"}}'), 0::bigint, 'never user_metadata'
);
select is(
  pg_temp.seen('{"app_role": "app", "organisation_id": "%"}'), 0::bigint,
  'an organisation that is no id shows nothing, and raises nothing'
);
select is(pg_temp.seen(''), 0::bigint, 'an empty setting is no token');

select * from finish();
rollback;
