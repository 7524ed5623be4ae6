begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));

-- when
select tests.answer(tests.run_of(1), tests.item('unclear', '{1}')) from generate_series(1, 19);
create temp table nineteen as select tests.state_of(tests.run_of(1)) as state;
select tests.answer(tests.run_of(1), tests.item('unclear', '{1}'));

-- then
select is((select n.state from nineteen as n), 'in_doubt', 'nineteen are not enough');
select is(tests.state_of(tests.run_of(1)), 'needs_review', 'after twenty a person has to look');
select is((tests.reservation(tests.run_of(1), 1)).released_at, null, 'the claim stays reserved');
select isnt((tests.run(tests.run_of(1))).review_reason, null, 'the reason is told');

select * from finish();
rollback;
