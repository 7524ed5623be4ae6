begin;
select plan(4);

-- given: what years leave behind, and two runs that are due
select tests.organisation_with_claims(1, 2);
alter table accounting.export_requests disable trigger all;
insert into accounting.export_requests (
  organisation_id, claim_ids, state, request_key, system, endpoint, next_attempt_at, ended_at,
  requested_by
)
select tests.organisation_id(1), array[gen_random_uuid()], 'rejected', n::text,
  'business_central', '-', null, now() - interval '1 day', 'app-1'
from generate_series(1, 20000) as n;
alter table accounting.export_requests enable trigger all;
analyze accounting.export_requests;
select tests.request(tests.organisation_id(1), 1);
select tests.request(tests.organisation_id(1), 2);
create function pg_temp.read ()
  returns table (scans bigint, rows_read bigint)
  language sql
as $$
  select pg_stat_get_xact_numscans('accounting.export_requests'::regclass),
    (
      select sum(pg_stat_get_xact_tuples_returned(i.indexrelid))::bigint
      from pg_index as i
      where i.indrelid = 'accounting.export_requests'::regclass
    );
$$;
create temporary table before as select * from pg_temp.read();
-- when
create temporary table leased as select * from accounting.lease_runs('dispatcher-1', 10);
select tests.move_clock('1 hour');
create temporary table swept as select accounting.sweep() as count;
select tests.move_clock('-1 hour');
create temporary table wake_up as select accounting.next_wake_up_ms() as ms;
-- then
select is((select count(*) from leased), 2::bigint, 'what is due is leased');
select is((select count from swept), 2, 'what lapsed is swept');
select is(
  (select r.scans - b.scans from pg_temp.read() as r, before as b), 0::bigint,
  'the table is read by its indexes alone'
);
-- Dead rows of other tests, that were rolled back, are still in the indexes.
select cmp_ok(
  (select r.rows_read - b.rows_read from pg_temp.read() as r, before as b), '<', 1000::bigint,
  'and the ended runs not at all'
);

select * from finish();
rollback;
