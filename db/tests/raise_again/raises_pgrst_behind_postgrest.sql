begin;
select plan(5);

-- given
select set_config('request.path', '/rpc/check_export', true);
select tests.organisation(1);
-- when
create temporary table raised as
  select tests.error_of(
    $$ select accounting.raise_again('AX011', 'a message', 'a detail', '') $$
  ) as error;
-- then
select is((select error ->> 'code' from raised), 'PGRST', 'the SQLSTATE is PostgREST''s own');
select is(
  (select (error ->> 'message')::jsonb from raised),
  '{"code": "AX011", "message": "a message", "details": "a detail", "hint": null}',
  'its message is the body of the answer, with our code'
);
select is(
  (select (error ->> 'detail')::jsonb from raised), '{"status": 409, "headers": {}}',
  'its detail holds both status and headers'
);
select throws_ok(
  $$ select accounting.raise_again('23505', 'm', null, null) $$, '23505', null,
  'an error that isn''t ours is left to PostgREST'
);
select tests.sign_in(tests.organisation_id(1), 'driver');
select throws_ok(
  'select api.check_export(tests.claim_ids(1))', 'PGRST', null, 'a function in api does so'
);

select * from finish();
rollback;
