begin;
select plan(2);

-- given a first answer that counts, whose question began when the quarantine was over
select tests.organisation_with_claims(1, 1, 'xledger');
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);
create temp table lease as select tests.lease(tests.run_of(1)) as id;
select accounting.start_question(tests.organisation_id(), tests.run_of(1), l.id) from lease as l;
select tests.move_clock('3 s');
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'absent', '{1}')
from lease as l;

-- when the next question begins half a quarantine after the first one did
select tests.move_clock('27 s');
create temp table asked as
select accounting.clock() - (tests.reservation(tests.run_of(1), 1)).absent_at as gap;
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));

-- then
select is((select a.gap from asked as a), interval '30 s', 'half a quarantine has passed');
select isnt(
  (tests.reservation(tests.run_of(1), 1)).absence_proved_at, null, 'the claim is proved absent'
);

select * from finish();
rollback;
