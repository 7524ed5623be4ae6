begin;
select plan(4);

-- given
select tests.organisation_with_claims(1), tests.organisation_with_claims(2);
select tests.sign_in(tests.organisation_id(1), 'app');
-- when, then
select throws_ok(
  $$
    insert into api.export_requests (claim_ids, organisation_id)
    values (tests.claim_ids(1), tests.organisation_id(2))
  $$,
  'AX005', null, 'naming a foreign organisation is an error'
);
select throws_ok(
  $$
    insert into api.export_requests (claim_ids, organisation_id)
    values (tests.claim_ids(1), tests.organisation_id(99))
  $$,
  'AX005', null, 'the same error as for one that isn''t there: no oracle'
);
select lives_ok(
  $$
    insert into api.export_requests (claim_ids, organisation_id)
    values (tests.claim_ids(1), tests.organisation_id(1))
  $$,
  'naming one''s own is allowed'
);
reset role;
select is(
  array(select organisation_id from accounting.export_requests), array[tests.organisation_id(1)],
  'the run belongs to the token''s organisation, and there is no other'
);

select * from finish();
rollback;
