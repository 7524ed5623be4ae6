begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1, 'xledger');
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));

-- when
select tests.answer(tests.run_of(1), tests.item('unclear', '{1}'));
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));

-- then
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'the first answer no longer counts');
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));
select is(tests.state_of(tests.run_of(1)), 'retry_wait', 'two in a row do');

select * from finish();
rollback;
