begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));

-- when, then
select ok(
  (tests.run(tests.run_of(1))).next_attempt_at
    between accounting.clock() + interval '0.5 s' and accounting.clock() + interval '1 s',
  'the first question comes after base_delay_ms, or up to half of it earlier'
);
select tests.answer(tests.run_of(1), tests.item('unclear', '{1}'));
select ok(
  (tests.run(tests.run_of(1))).next_attempt_at
    between accounting.clock() + interval '1 s' and accounting.clock() + interval '2 s',
  'the second after twice as long'
);
select tests.answer(tests.run_of(1), tests.item('unclear', '{1}'));
select ok(
  (tests.run(tests.run_of(1))).next_attempt_at
    between accounting.clock() + interval '2 s' and accounting.clock() + interval '4 s',
  'the third after four times as long'
);

select * from finish();
rollback;
