begin;
select plan(3);

-- given a question that begins just before the quarantine is over
select tests.organisation_with_claims(1, 1, 'xledger');
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until - interval '1 s');
create temp table lease as select tests.lease(tests.run_of(1)) as id;
select accounting.start_question(tests.organisation_id(), tests.run_of(1), l.id) from lease as l;

-- when its answer is recorded just after
select tests.move_clock('2 s');
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'absent', '{1}')
from lease as l;

-- then
select cmp_ok(
  accounting.clock(), '>', (tests.run(tests.run_of(1))).quarantine_until, 'the quarantine is over'
);
select is(
  (tests.reservation(tests.run_of(1), 1)).absent_at, null,
  'but what was looked at was the ledger of before'
);
select is((tests.reservation(tests.run_of(1), 1)).outcome, 'unknown', 'the claim is in doubt');

select * from finish();
rollback;
