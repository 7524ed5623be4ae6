begin;
select plan(3);

-- given: no PostgREST; its setting may be there and empty
select set_config('request.path', '', true);
-- when
create temporary table raised as
  select tests.error_of(
    $$ select accounting.raise_again('AX011', 'a message', 'a detail', 'a hint') $$
  ) as error;
-- then
select is(
  (select error from raised),
  '{"code": "AX011", "message": "a message", "detail": "a detail", "hint": "a hint"}',
  'code, message, detail and hint are passed on'
);
select throws_ok(
  $$ select accounting.raise_again('23505', 'm', null, null) $$, '23505', null,
  'so is an error that isn''t ours, also without detail and hint'
);
select tests.organisation(1);
select tests.sign_in(tests.organisation_id(1), 'driver');
select throws_ok(
  'select api.check_export(tests.claim_ids(1))', 'AX009', null,
  'a function in api raises its own code'
);

select * from finish();
rollback;
