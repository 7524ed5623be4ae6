begin;
select plan(4);

-- given
select tests.organisation_with_claims(1);
select tests.request(tests.organisation_id(1), 1);
select tests.sign_in(tests.organisation_id(1), 'coordinator');
-- when, then
select throws_ok(
  $$ update api.export_requests set state = 'exported' $$, '42501', null, 'no update of a run'
);
select throws_ok('delete from api.export_requests', '42501', null, 'no delete of a run');
select throws_ok(
  $$ insert into api.export_requests (claim_ids, state) values (tests.claim_ids(1), 'exported') $$,
  '42501', null, 'no state of one''s own choosing'
);
select throws_ok(
  $$ insert into api.export_runs (outcome) values ('accepted') $$, '42501', null,
  'no row in the trail'
);

select * from finish();
rollback;
