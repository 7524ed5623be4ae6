begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 3);
create temporary table first as select tests.request(tests.organisation_id(1), 1, 2) as id;
-- when, then
select is(
  tests.request(tests.organisation_id(1), 1, 2), (select id from first),
  'the same claims again give the same run'
);
select is(
  tests.request(tests.organisation_id(1), 2, 1), (select id from first),
  'also in another order'
);
select tests.start(tests.organisation_id(1), id) from first;
select is(
  tests.request(tests.organisation_id(1), 1, 2), (select id from first),
  'also while it is being sent'
);
select is(
  (select count(*) from accounting.export_requests), 1::bigint, 'nothing else was stored'
);

select * from finish();
rollback;
