begin;
select plan(9);

-- given
select tests.organisation_with_trail(1, 1);
create function pg_temp.ask (p_app_role text)
  returns text
  language plpgsql
as $$
declare
  v_code text;
begin
  perform tests.sign_in(tests.organisation_id(1), p_app_role);
  v_code := tests.error_of('select api.verify_audit_trail()') ->> 'code';
  reset role;
  return v_code;
end;
$$;
-- when, then
select is(pg_temp.ask(r.name), r.code, r.name || ' ' || coalesce('may not: ' || r.code, 'may'))
from (values
  ('app', 'AX009'), ('driver', 'AX009'),
  ('coordinator', null), ('auditor', null), ('organisation_admin', null)
) as r (name, code);
select tests.sign_in(tests.organisation_id(9), 'auditor');
select throws_ok(
  'select api.verify_audit_trail()', 'AX015', null, 'a token of an organisation that is not here'
);
select set_config('request.path', '/rpc/verify_audit_trail', true);
select throws_ok(
  'select api.verify_audit_trail()', 'PGRST', null, 'behind PostgREST with its HTTP status'
);
reset role;
select set_config('request.jwt.claims', '{"role": "service_role"}', true);
select set_config('request.path', '', true);
set local role service_role;
select throws_ok(
  'select api.verify_audit_trail()', 'AX009', null, 'service_role has no organisation of its own'
);
set local role anon;
select throws_ok(
  'select api.verify_audit_trail()', '42501', null, 'anon has no right to call it'
);

select * from finish();
rollback;
