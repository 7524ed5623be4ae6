begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');

-- when
select tests.answer_without_run('unclear', '{1}',
  '{"failure": "configuration", "http_status": 401, "error_message": "401 twice"}');

-- then
select is(
  (select i.paused_reason from accounting.integrations as i), '401 twice', 'nothing is sent'
);
select isnt((tests.question(1)).next_question_at, null, 'and the claim is asked for again later');

select * from finish();
rollback;
