begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 3);
select tests.request(tests.organisation_id(), n) from generate_series(1, 3) as n;

-- when
create temp table leased as select * from accounting.lease_runs('dispatcher-1', 2);

-- then
select is((select count(*) from leased), 2::bigint, 'no more than asked for');
select is(
  (select count(*) from accounting.export_requests as e where e.lease_id is not null), 2::bigint,
  'and no more are marked'
);
select is_empty(
  $$ select * from accounting.lease_runs('dispatcher-1', 0) $$, 'none, when none is asked for'
);

select * from finish();
rollback;
