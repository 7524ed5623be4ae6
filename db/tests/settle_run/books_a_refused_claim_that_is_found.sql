begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));
select tests.attempt(tests.run_of(1), tests.item('rejected', '{1}'));

-- when the first attempt turns out to have been applied after all
select tests.answer(tests.run_of(1), tests.item('found', '{1}'));

-- then
select is(tests.state_of(tests.run_of(1)), 'exported', 'it is booked');
select is((tests.reservation(tests.run_of(1), 1)).outcome, 'found', 'whatever the second one said');
select is((tests.reservation(tests.run_of(1), 1)).released_at, null, 'and never released');

select * from finish();
rollback;
