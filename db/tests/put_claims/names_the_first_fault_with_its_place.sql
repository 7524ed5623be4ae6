begin;
select plan(3);

-- given
select tests.organisation(1);
select tests.sign_in(tests.organisation_id(1), 'app');
create temporary table raised on commit drop as
  select tests.error_of($$
    select api.put_claims(jsonb_build_array(
      tests.claim_json(1), tests.claim_json(2, '{"total": 3}'), tests.claim_json(3, '{"id": "x"}')
    ))
  $$) as error;
-- when, then
select is((select error ->> 'code' from raised), 'AX012', 'the list is refused');
select matches(
  (select error ->> 'detail' from raised), '^claim 2 in the list: total is',
  'the detail says which claim and what is wrong'
);
select unalike(
  (select error::text from raised), '%Kari%', 'and quotes no personal data'
);

select * from finish();
rollback;
