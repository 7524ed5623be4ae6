begin;
select plan(6);

-- given
select tests.organisation(1);
create function pg_temp.put (p_overrides jsonb)
  returns text
  language sql
as $$
  select p.result from api.put_claims(jsonb_build_array(tests.claim_json(1, p_overrides))) as p;
$$;
select tests.sign_in(tests.organisation_id(1), 'app');
-- when, then
select is(pg_temp.put('{}'), 'created', 'the first time');
select is(pg_temp.put('{"total": "100.5", "state": "approved"}'), 'unchanged', 'the same again');
select is(pg_temp.put('{"claimant": {"id": "person-1", "name": "Kari E."}}'), 'updated', 'a name');
select is(
  pg_temp.put('{"lines": [{"type": "mileage", "date": "2026-03-03", "amount": "100.50"}]}'),
  'updated', 'a line'
);
select is(pg_temp.put('{"state": "withdrawn"}'), 'withdrawn', 'taken back');
select is(pg_temp.put('{}'), 'updated', 'approved after all');

select * from finish();
rollback;
