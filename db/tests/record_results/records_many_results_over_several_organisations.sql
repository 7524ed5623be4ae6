begin;
select plan(2);

-- given
select tests.organisation_with_claims(n, 1) from generate_series(1, 3) as n;
select tests.request(tests.organisation_id(n), 1) from generate_series(1, 3) as n;
create temp table leased as select * from accounting.lease_runs('dispatcher-1', 10);
select accounting.start_attempt(l.organisation_id, l.run_id, l.lease_id) from leased as l;

-- when
create temp table recorded as
select o.*
from (
  select jsonb_agg(
    tests.report(
      tests.run_of(1, n), (tests.run(tests.run_of(1, n))).lease_id, jsonb_build_array(tests.item(
        case n when 1 then 'accepted' when 2 then 'unknown' else 'rejected' end, '{1}'
      ))
    )
    order by n desc
  )
  from generate_series(1, 3) as n
) as reports (results), accounting.record_results(reports.results) as o;

-- then
select set_eq(
  'select run_id, is_late, state from recorded',
  $$ values (tests.run_of(1, 1), false, 'exported'), (tests.run_of(1, 2), false, 'in_doubt'),
       (tests.run_of(1, 3), false, 'rejected') $$,
  'each is told where its run stands'
);
select set_eq(
  'select organisation_id, seq, outcome from accounting.export_runs',
  $$ values (tests.organisation_id(1), 1::bigint, 'accepted'),
       (tests.organisation_id(2), 1, 'unknown'), (tests.organisation_id(3), 1, 'rejected') $$,
  'each organisation''s trail has its row'
);

select * from finish();
rollback;
