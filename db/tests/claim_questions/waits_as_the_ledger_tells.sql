begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');

-- when
select tests.answer_without_run('unclear', '{1}', '{"retry_after_ms": 90000, "http_status": 429}');

-- then
select is(
  (tests.question(1)).next_question_at, accounting.clock() + interval '90 s', 'no sooner than told'
);

select * from finish();
rollback;
