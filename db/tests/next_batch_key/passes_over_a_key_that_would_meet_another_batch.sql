begin;
select plan(3);

-- given: a run of claim 1 that started, and by chance has the key that claim 2 would get
select tests.organisation_with_claims(1, 2), tests.organisation_with_claims(2, 2, 'xledger');
create temporary table keys as
  select o.no, accounting.sha256_key(tests.organisation_id(o.no), tests.claim_ids(2), 0) as first,
    accounting.sha256_key(tests.organisation_id(o.no), tests.claim_ids(2), 1) as second
  from (values (1), (2)) as o (no);
create function pg_temp.next_key (p_no integer)
  returns text
  language sql
as $$
  select accounting.next_batch_key(
    tests.organisation_id(p_no), case p_no when 1 then 'business_central' else 'xledger' end,
    tests.claim_ids(2)
  );
$$;
select tests.request(tests.organisation_id(keys.no), 1) from keys;
update accounting.export_requests as e set batch_key = keys.first
from keys where e.organisation_id = tests.organisation_id(keys.no);
-- when, then
select is(
  pg_temp.next_key(1), (select first from keys where no = 1),
  'a run that never started has made no journal'
);
update accounting.export_requests set attempt_no = 1;
select is(
  pg_temp.next_key(1), (select second from keys where no = 1),
  'one that started may have: the next key is taken, whose journal is another'
);
select is(
  pg_temp.next_key(2), (select second from keys where no = 2),
  'and in Xledger, whose voucher numbers are others'
);

select * from finish();
rollback;
