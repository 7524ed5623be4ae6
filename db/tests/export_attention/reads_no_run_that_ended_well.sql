begin;
select plan(2);

-- given what years leave behind, and one run that ended and yet needs a person
select tests.organisation_with_claims(1, 1);
alter table accounting.export_requests disable trigger all;
insert into accounting.export_requests (
  organisation_id, claim_ids, state, request_key, system, endpoint, next_attempt_at, ended_at,
  review_reason, requested_by
)
select tests.organisation_id(1), array[gen_random_uuid()], 'rejected', n::text,
  'business_central', '-', null, now() - interval '1 day', case n when 7 then 'look' end, 'app-1'
from generate_series(1, 20000) as n;
alter table accounting.export_requests enable trigger all;
analyze accounting.export_requests;
create temporary table before as
select pg_stat_get_xact_numscans('accounting.export_requests'::regclass) as scans;

-- when
create temporary table shown as select * from api.export_attention;

-- then
select results_eq(
  'select kind, reason from shown', $$ values ('needs_review', 'look') $$, 'that one is shown'
);
select is(
  (select pg_stat_get_xact_numscans('accounting.export_requests'::regclass) - b.scans from before as b),
  0::bigint, 'and the table is read by its indexes alone'
);

select * from finish();
rollback;
