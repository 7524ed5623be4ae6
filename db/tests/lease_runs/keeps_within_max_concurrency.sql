begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 3, 'business_central', '{"max_concurrency": 2}');
select tests.request(tests.organisation_id(), n) from generate_series(1, 3) as n;

-- when
create temp table leased as select * from accounting.lease_runs('dispatcher-1', 10);
create temp table beside as select * from accounting.lease_runs('dispatcher-2', 10);
select accounting.hand_back(l.organisation_id, l.run_id, l.lease_id) from leased as l limit 1;
create temp table after_one as select * from accounting.lease_runs('dispatcher-2', 10);

-- then
select is((select count(*) from leased), 2::bigint, 'as many as may be carried at once');
select is_empty('select * from beside', 'no other dispatcher gets more');
select is((select count(*) from after_one), 1::bigint, 'one that was put down makes room for one');

select * from finish();
rollback;
