begin;
select plan(8);

-- given: a file whose first voucher is 10001, and one of another organisation
select tests.organisation_with_claims(1, 2, 'file'), tests.organisation_with_claims(2, 1, 'file');
create function pg_temp.key (p_base bigint)
  returns text
  language sql
as $$
  select rpad(lpad(to_hex(p_base), 8, '0'), 64, 'a');
$$;
create function pg_temp.is_taken (p_base bigint)
  returns boolean
  language sql
as $$
  select accounting.is_batch_key_taken(tests.organisation_id(1), 'file', pg_temp.key(p_base));
$$;
select tests.request(tests.organisation_id(n), 1) from generate_series(1, 2) as n;
update accounting.export_requests
set batch_key = pg_temp.key(case organisation_id when tests.organisation_id(1) then 10000 else 20000 end);
-- when, then
select ok(pg_temp.is_taken(10999), 'the last of its numbers would be our first');
select ok(pg_temp.is_taken(9001), 'its first would be our last');
select ok(pg_temp.is_taken(10000 + 99998999), 'the numbers begin anew after eight digits');
select ok(not pg_temp.is_taken(11000), 'we begin where it ends');
select ok(not pg_temp.is_taken(9000), 'we end where it begins');
select ok(not pg_temp.is_taken(20000), 'another organisation has another ledger');

-- when: the key that claim 2 would get is in use
update accounting.export_requests
set batch_key = accounting.sha256_key(tests.organisation_id(1), tests.claim_ids(2), 0)
where organisation_id = tests.organisation_id(1);
select is(
  accounting.next_batch_key(tests.organisation_id(1), 'file', tests.claim_ids(2)),
  accounting.sha256_key(tests.organisation_id(1), tests.claim_ids(2), 1),
  'a new run passes over it'
);

-- when: it is of another year
update accounting.export_requests set requested_at = accounting.clock() - interval '367 days';
-- then
select is(
  accounting.next_batch_key(tests.organisation_id(1), 'file', tests.claim_ids(2)),
  accounting.sha256_key(tests.organisation_id(1), tests.claim_ids(2), 0),
  'a ledger counts vouchers by year'
);

select * from finish();
rollback;
