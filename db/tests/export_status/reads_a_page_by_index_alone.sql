begin;
select plan(5);

-- given many organisations, of which one has 40 % of 20,000 ended runs; one run in a thousand
-- failed. Organisations of this file alone: what other files rolled back stands in the index still,
-- and would be counted
select tests.organisation(800 + n, 'xledger') from generate_series(1, 20) as n;
alter table accounting.export_requests disable trigger all;
alter table accounting.claim_reservations disable trigger all;
insert into accounting.export_requests (
  organisation_id, claim_ids, state, request_key, system, endpoint, next_attempt_at, ended_at,
  requested_by, requested_at
)
select tests.organisation_id(800 + case when n % 5 < 2 then 1 else 2 + n % 19 end),
  array[tests.claim_id(n)], case when n % 1000 = 0 then 'failed' else 'rejected' end, n::text,
  'xledger', '-', null, now(), 'app-1',
  '2026-03-02 09:00Z'::timestamptz + n / 7 * interval '1 second'
from generate_series(1, 20000) as n;
insert into accounting.claim_reservations (organisation_id, run_id, claim_id, verdict)
select organisation_id, run_id, claim_ids[1], 'exportable' from accounting.export_requests;
alter table accounting.export_requests enable trigger all;
alter table accounting.claim_reservations enable trigger all;
analyze accounting.export_requests, accounting.claim_reservations, accounting.export_runs;

-- 'rows, scans of tables; at most n entries of an index', as somebody of the big organisation
-- reads.
create function pg_temp.reading (p_where text) returns text language plpgsql as $$
declare
  v_before bigint[];
  v_after bigint[];
  v_rows bigint;
begin
  v_before := pg_temp.read_so_far();
  perform tests.sign_in(tests.organisation_id(801), 'auditor');
  execute format(
    'select count(*) from (select * from api.export_status %s limit 50) as page', p_where
  ) into v_rows;
  reset role;
  v_after := pg_temp.read_so_far();
  return format('%s rows, %s scans, %s', v_rows, v_after[1] - v_before[1],
    case when v_after[2] - v_before[2] <= 400 then 'few entries' else (v_after[2] - v_before[2])::text end);
end;
$$;
create function pg_temp.read_so_far () returns bigint[] language sql as $$
  select array[
    (select sum(pg_stat_get_xact_numscans(c.oid)) from pg_class as c
     where c.relnamespace = 'accounting'::regnamespace and c.relkind = 'r'
       and c.relname in ('export_requests', 'claim_reservations')),
    (select sum(pg_stat_get_xact_tuples_returned(c.oid)) from pg_class as c
     where c.relnamespace = 'accounting'::regnamespace and c.relkind = 'i')
  ]::bigint[];
$$;

-- when, then
create function pg_temp.newest (p_where text) returns text language sql as $$
  select pg_temp.reading(p_where || ' order by requested_at desc, run_id');
$$;
select is(pg_temp.newest(''), '50 rows, 0 scans, few entries', 'the newest runs');
select is(
  pg_temp.newest($$ where requested_at <= '2026-03-02 09:20Z'
    and (requested_at < '2026-03-02 09:20Z' or run_id > '80000000-0000-4000-8000-000000000000') $$),
  '50 rows, 0 scans, few entries', 'a page further on, by its key'
);
select is(pg_temp.newest($$ where integration_status = 'failed' $$), '20 rows, 0 scans, few entries', 'few of one state');
select is(
  pg_temp.newest($$ where integration_status in ('failed', 'needs_review') $$),
  '20 rows, 0 scans, few entries', 'few of some states'
);
select is(
  pg_temp.newest($$ where requested_at >= '2026-03-02 09:10Z' and requested_at < '2026-03-02 09:10:03Z' $$),
  '9 rows, 0 scans, few entries', 'a time between two'
);

select * from finish();
rollback;
