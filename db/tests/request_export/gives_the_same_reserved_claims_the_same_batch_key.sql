begin;
select plan(4);

-- given: claim 3 is withdrawn, 4 unknown; each run ends before it was started
select tests.organisation_with_claims(1, 3), tests.organisation_with_claims(2, 2);
update accounting.claims set state = 'withdrawn' where id = tests.claim_id(3);
create function pg_temp.batch_key (p_organisation_no integer, variadic p_nos integer[])
  returns text
  language plpgsql
as $$
declare
  v_run_id uuid := tests.request(tests.organisation_id(p_organisation_no), variadic p_nos);
  v_key text;
begin
  update accounting.export_requests
  set state = 'cancelled', ended_at = now(), next_attempt_at = null
  where run_id = v_run_id
  returning batch_key into v_key;
  update accounting.claim_reservations set released_at = now() where run_id = v_run_id;
  return v_key;
end;
$$;
create temporary table asked as select pg_temp.batch_key(1, 1, 2) as key;
-- when, then
select matches((select key from asked), '^[0-9a-f]{64}$', 'the key is a SHA-256');
select is(
  pg_temp.batch_key(1, 4, 2, 3, 1), (select key from asked),
  'other claims asked for and another order, but the same reserved: the same key'
);
select isnt(pg_temp.batch_key(1, 1), (select key from asked), 'fewer claims have another key');
select isnt(
  pg_temp.batch_key(2, 1, 2), (select key from asked),
  'the same ids in another organisation have another key'
);

select * from finish();
rollback;
