begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 2);
create temporary table first as select tests.request(tests.organisation_id(1), 1) as id;
-- when
create temporary table second as select tests.request(tests.organisation_id(1), 1, 2) as id;
-- then
select isnt((select id from second), (select id from first), 'a larger set is another request');
select results_eq(
  $$
    select verdict
    from accounting.claim_reservations
    where run_id = (select id from second)
    order by claim_id
  $$,
  array['in_flight', 'exportable'],
  'which gets what the first does not hold'
);

select * from finish();
rollback;
