begin;
select plan(5);

-- given
select tests.organisation(1);
insert into accounting.export_requests
  (organisation_id, claim_ids, request_key, state, system, endpoint, requested_by,
   next_attempt_at, ended_at)
select tests.organisation_id(), array[tests.claim_id(n)], n::text, 'skipped', 'business_central',
  'https://ledger.example', 'app-1', null, now()
from generate_series(1, 201) as n;

-- when, then
select is((select count(*) from api.get_export_status()), 20::bigint, 'twenty, if nobody says');
select is(
  (select count(*) from api.get_export_status(null, null)), 20::bigint, 'or says null'
);
select is(
  (select count(*) from api.get_export_status(p_limit => 1000)), 200::bigint,
  '200 at most'
);
select is((select count(*) from api.get_export_status(p_limit => 0)), 1::bigint, 'one at least');
select is(
  (select count(*) from api.get_export_status(p_limit => -1)), 1::bigint,
  'also below zero'
);

select * from finish();
rollback;
