begin;
select plan(2);

-- given nineteen questions, the last one answered, and a second send
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.answer(tests.run_of(1), tests.item('unclear', '{1}')) from generate_series(1, 18);
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));

-- when
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));

-- then
select is((tests.run(tests.run_of(1))).question_count, 0, 'the count begins anew');
select is(
  tests.answer(tests.run_of(1), tests.item('unclear', '{1}')), 'in_doubt', 'and it is asked again'
);

select * from finish();
rollback;
