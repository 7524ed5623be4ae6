begin;
select plan(6);

-- given
select tests.organisation(1);
create function pg_temp.put (p_app_role text)
  returns text
  language plpgsql
as $$
declare
  v_code text;
begin
  perform tests.sign_in(tests.organisation_id(1), p_app_role);
  v_code := tests.error_of(
    'select api.put_claims(jsonb_build_array(tests.claim_json(1)))'
  ) ->> 'code';
  reset role;
  return v_code;
end;
$$;
-- when, then
select is(pg_temp.put(r.name), r.code, r.name || ' ' || coalesce('may not: ' || r.code, 'may'))
from (values
  ('driver', 'AX009'), ('auditor', 'AX009'), ('coordinator', 'AX009'),
  ('organisation_admin', 'AX009'), ('app', null)
) as r (name, code);
set local role anon;
select throws_ok(
  'select api.put_claims(jsonb_build_array(tests.claim_json(1)))', '42501', null,
  'anon has no right to call it'
);

select * from finish();
rollback;
