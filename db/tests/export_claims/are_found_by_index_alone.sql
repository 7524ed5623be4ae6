begin;
select plan(6);

-- given many organisations, of which one has 40 % of 20,000 claims in runs, half of them delivered
select tests.organisation(n, 'xledger') from generate_series(1, 20) as n;
alter table accounting.export_requests disable trigger all;
alter table accounting.claim_reservations disable trigger all;
insert into accounting.export_requests (
  organisation_id, claim_ids, state, request_key, system, endpoint, next_attempt_at, ended_at,
  requested_by
)
select tests.organisation_id(case when n % 5 < 2 then 1 else 2 + n % 19 end),
  array[tests.claim_id(n)], 'rejected', n::text, 'xledger', '-', null, now(), 'app-1'
from generate_series(1, 20000) as n;
insert into accounting.claim_reservations
  (organisation_id, run_id, claim_id, verdict, reference, external_ids)
select organisation_id, run_id, claim_ids[1], 'exportable', 'T-' || lpad(request_key, 6, '0'),
  case when request_key::integer % 2 = 0
    then jsonb_build_array('entry:' || request_key, request_key || 'b') else '[]' end
from accounting.export_requests;
alter table accounting.export_requests enable trigger all;
alter table accounting.claim_reservations enable trigger all;
analyze accounting.export_requests, accounting.claim_reservations;

create function pg_temp.read_so_far () returns bigint[] language sql as $$
  select array[
    pg_stat_get_xact_numscans('accounting.claim_reservations'::regclass)
      + pg_stat_get_xact_numscans('accounting.export_requests'::regclass),
    (select sum(pg_stat_get_xact_tuples_returned(c.oid)) from pg_class as c
     where c.relnamespace = 'accounting'::regnamespace and c.relkind = 'i')
  ]::bigint[];
$$;
-- As somebody of the big organisation: rows, scans of tables, and whether few entries were read.
create function pg_temp.reading (p_from text) returns text language plpgsql as $$
declare
  v_before bigint[] := pg_temp.read_so_far();
  v_after bigint[];
  v_rows bigint;
begin
  perform tests.sign_in(tests.organisation_id(1), 'auditor');
  execute 'select count(x.run_id) from ' || p_from into v_rows;
  reset role;
  v_after := pg_temp.read_so_far();
  return format('%s rows, %s scans, %s', v_rows, v_after[1] - v_before[1],
    case when v_after[2] - v_before[2] <= 1000 then 'few entries' else (v_after[2] - v_before[2])::text end);
end;
$$;

-- when, then
select is(
  pg_temp.reading($$ api.export_claims as x where reference = 'T-012000' $$),
  '1 rows, 0 scans, few entries', 'by a reference'
);
select is(
  pg_temp.reading($$ api.export_claims as x where reference >= 'T-01200' and reference < 'T-01201' $$),
  '4 rows, 0 scans, few entries', 'by the range of references that begin alike'
);
select is(
  pg_temp.reading($$ api.export_claims as x where claim_id = tests.claim_id(12000) $$),
  '1 rows, 0 scans, few entries', 'by the claim'
);
select is(
  (
    select pg_temp.reading(format($$ api.export_claims as x where run_id = %L $$, run_id))
    from accounting.export_requests where request_key = '11'
  ),
  '1 rows, 0 scans, few entries', 'by the run'
);
select is(
  array(
    select pg_temp.reading(format('api.find_exports(%L) as x', t))
    from unnest(array['12000', 'entry:12000', '12000b', 'T-012000', 'T-01200']) as t
  ),
  array(
    select format('%s rows, 0 scans, few entries', n) from unnest(array[1, 1, 1, 1, 4]) as n
  ),
  'by what is typed into a search box'
);
select is(
  pg_temp.reading($$ api.find_exports('T-') as x $$), '20 rows, 0 scans, few entries',
  'and by what begins many references'
);

select * from finish();
rollback;
