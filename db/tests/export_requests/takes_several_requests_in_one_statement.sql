begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 3);
select tests.sign_in(tests.organisation_id(1), 'app');
-- when
with inserted as (
  insert into api.export_requests (claim_ids)
  values (tests.claim_ids(1, 2)), (tests.claim_ids(3)), (tests.claim_ids(2, 1))
  returning run_id
)
select count(*) from inserted;
-- then
select is(
  (select count(*) from api.export_requests), 2::bigint, 'two different requests make two runs'
);
select throws_ok(
  $$ insert into api.export_requests (claim_ids) values (tests.claim_ids(1)), ('{}') $$, 'AX001',
  null, 'one malformed request refuses the statement'
);
select is((select count(*) from api.export_requests), 2::bigint, 'and stores nothing of it');

select * from finish();
rollback;
