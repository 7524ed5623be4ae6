begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 6, 'business_central', '{"max_concurrency": 5}');
select tests.organisation_with_claims(2, 1);
select tests.organisation_with_claims(3, 1);
select tests.request(tests.organisation_id(), n) from generate_series(1, 6) as n;
select tests.request(tests.organisation_id(2), 1);
select tests.request(tests.organisation_id(3), 1);

-- when
create temp table leased as select * from accounting.lease_runs('dispatcher-1', 3);

-- then
select set_eq(
  'select organisation_id from leased',
  array[tests.organisation_id(1), tests.organisation_id(2), tests.organisation_id(3)],
  'each organisation with due runs gets a run'
);
select is((select count(*) from leased), 3::bigint, 'a big queue takes no more than its share');

select * from finish();
rollback;
