begin;
select plan(5);

-- given
select tests.organisation_with_claims(1), tests.organisation_with_claims(2);
set local role service_role;
-- when, then
select throws_ok(
  $$ insert into api.export_requests (claim_ids) values (tests.claim_ids(1)) $$, 'AX006', null,
  'service_role must say for which organisation'
);
select throws_ok(
  $$
    insert into api.export_requests (claim_ids, organisation_id)
    values (tests.claim_ids(1), tests.organisation_id(99))
  $$,
  'AX014', null, 'one that is there'
);
select lives_ok(
  $$
    insert into api.export_requests (claim_ids, organisation_id)
    values (tests.claim_ids(1), tests.organisation_id(2))
  $$,
  'then it may ask for any'
);
select is(
  (select organisation_id from api.export_requests), tests.organisation_id(2),
  'the run belongs to the organisation named'
);
select is(
  (select requested_by from api.export_requests), 'service_role', 'and says who asked'
);

select * from finish();
rollback;
