begin;
select plan(1);

-- given
select tests.organisation(1);
-- when, then
select lives_ok(
  $$
    select accounting.request_export(
      tests.organisation_id(1), array(select tests.claim_id(n) from generate_series(1, 500) as n),
      'app-1'
    )
  $$,
  '500 claims are one request'
);

select * from finish();
rollback;
