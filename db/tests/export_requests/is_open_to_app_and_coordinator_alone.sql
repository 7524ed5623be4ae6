begin;
select plan(6);

-- given
select tests.organisation_with_claims(1);
create function pg_temp.ask (p_app_role text)
  returns text
  language plpgsql
as $$
declare
  v_code text;
begin
  perform tests.sign_in(tests.organisation_id(1), p_app_role);
  v_code := tests.error_of(
    'insert into api.export_requests (claim_ids) values (tests.claim_ids(1))'
  ) ->> 'code';
  reset role;
  return v_code;
end;
$$;
-- when, then
select is(pg_temp.ask(r.name), r.code, r.name || ' ' || coalesce('may not: ' || r.code, 'may'))
from (values
  ('driver', 'AX009'), ('auditor', 'AX009'), ('organisation_admin', 'AX009'),
  ('app', null), ('coordinator', null)
) as r (name, code);
set local role anon;
select throws_ok(
  'insert into api.export_requests (claim_ids) values (tests.claim_ids(1))', '42501', null,
  'anon has no right to insert'
);

select * from finish();
rollback;
