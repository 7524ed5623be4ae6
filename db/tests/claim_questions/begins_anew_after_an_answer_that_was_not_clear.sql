begin;
select plan(3);

-- given a claim that was absent once after the quarantine
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');
select tests.move_clock('60 s');
select tests.answer_without_run('absent', '{1}');
select is(
  (tests.question(1)).next_question_at, accounting.clock() + interval '30 s',
  'it is asked again half a quarantine later'
);

-- when
select tests.answer_without_run('unclear', '{1}');
select tests.answer_without_run('absent', '{1}');

-- then
select is(tests.verdict(tests.organisation_id(), 1), 'flagged', 'the first absence is forgotten');
select tests.answer_without_run('absent', '{1}');
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'two in a row count');

select * from finish();
rollback;
