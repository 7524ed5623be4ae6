begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));

-- when
select tests.answer(tests.run_of(1), tests.item(
  'unclear', '{1}',
  '{"failure": "configuration", "http_status": 401, "error_message": "wrong secret"}'
));

-- then
select is(
  (select i.paused_reason from accounting.integrations as i), 'wrong secret', 'it is paused'
);
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'the run stays in doubt');

select * from finish();
rollback;
