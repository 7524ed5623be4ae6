begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');

-- when
select tests.answer_without_run(
  'unclear', '{1}', '{"needs_person": true, "error_message": "the sums differ", "http_status": 200}'
);

-- then
select is(tests.verdict(tests.organisation_id(), 1), 'flagged', 'it stays flagged');
select matches(
  (select a.reason from api.export_attention as a where a.claim_id = tests.claim_id(1)),
  'business_central: the sums differ', 'somebody has to look, and is told why'
);
select is((tests.question(1)).next_question_at, null, 'it isn''t asked any more');
select tests.flag('{1}');
select is((tests.question(1)).problem, null, 'until somebody flags it again');
select is((tests.question(1)).next_question_at, accounting.clock(), 'then it is asked at once');

select * from finish();
rollback;
