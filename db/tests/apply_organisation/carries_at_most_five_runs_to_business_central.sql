begin;
select plan(3);

-- then
select lives_ok(
  $$ select tests.organisation(1, 'business_central', '{"max_concurrency": 5}') $$,
  'five requests of one user are served at once'
);
select throws_ok(
  $$ select tests.organisation(1, 'business_central', '{"max_concurrency": 6}') $$, 'AX010', null,
  'a sixth would wait in its queue'
);
select lives_ok(
  $$ select tests.organisation(2, 'xledger', '{"max_concurrency": 6}') $$,
  'other systems have other limits'
);

select * from finish();
rollback;
