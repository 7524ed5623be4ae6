begin;
select plan(3);

-- given one claim that was never sent, one whose only attempt certainly changed nothing, and one
-- whose absence is proved; and a trail that says another run booked all of them
select tests.organisation_with_claims(1, 3);
select tests.request(tests.organisation_id(), 3);
select tests.attempt(tests.run_of(3), tests.item('unknown', '{3}'));
select tests.move_clock_to((tests.run(tests.run_of(3))).quarantine_until);
select tests.answer(tests.run_of(3), tests.item('absent', '{3}'));
select tests.move_clock('31 s');
select tests.answer(tests.run_of(3), tests.item('absent', '{3}'));
select tests.request(tests.organisation_id(), 2);
select tests.attempt(tests.run_of(2), tests.item('not_applied', '{2}'));
select tests.request(tests.organisation_id(), 1);
select tests.move_clock('1 s');
select tests.append(tests.organisation_id(), 'accepted', '{1, 2, 3}');

-- when
create temp table lease as
select l.* from accounting.lease_runs('dispatcher-1', 10) as l;
select accounting.start_attempt(l.organisation_id, l.run_id, l.lease_id) from lease as l;

-- then
select is((tests.reservation(tests.run_of(n), n)).verdict, 'already_exported', m)
from (values
  (1, 'never sent: dropped'), (2, 'nothing was applied: dropped'),
  (3, 'proved to be absent: dropped')
) as c (n, m)
order by n;

select * from finish();
rollback;
