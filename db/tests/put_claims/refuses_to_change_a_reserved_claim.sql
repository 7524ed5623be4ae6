begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 1);
create temporary table run as select tests.request(tests.organisation_id(1), 1) as id;
create function pg_temp.put (p_overrides jsonb)
  returns text
  language plpgsql
as $$
declare
  v_error jsonb;
begin
  perform tests.sign_in(tests.organisation_id(1), 'app');
  v_error := tests.error_of(format(
    'select api.put_claims(jsonb_build_array(tests.claim_json(1, %L)))', p_overrides
  ));
  reset role;
  return v_error ->> 'code';
end;
$$;
-- when, then
select is(pg_temp.put('{"state": "withdrawn"}'), 'AX011', 'it can''t be withdrawn');
select is(
  pg_temp.put('{"lines": [{"type": "toll", "date": "2026-03-02", "amount": "100.50"}]}'), 'AX011',
  'nor its lines be changed'
);
select is(pg_temp.put('{}'), null, 'sending it again as it is, is allowed');
-- when: it was exported
select tests.record(
  tests.organisation_id(1), id, tests.start(tests.organisation_id(1), id), 'accepted', '{1}'
) from run;
-- then
select is(pg_temp.put('{"state": "withdrawn"}'), 'AX011', 'nor withdrawn once it is exported');
select is(
  (select state from accounting.claims), 'approved', 'the claim is as it was'
);

select * from finish();
rollback;
