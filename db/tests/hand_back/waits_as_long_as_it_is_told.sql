begin;
select plan(4);

-- given a run to send, and one in doubt, that a dispatcher can't carry
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 2);
select tests.attempt(tests.run_of(2), tests.item('unknown', '{2}'));
select tests.request(tests.organisation_id(), 1);
select tests.wait_until_due(tests.run_of(2));
create temp table lease as select l.* from accounting.lease_runs('dispatcher-1', 10) as l;

-- when
select accounting.hand_back(l.organisation_id, l.run_id, l.lease_id, 5000) from lease as l;

-- then
select is(
  (tests.run(l.run_id)).next_attempt_at, accounting.clock() + interval '5 s',
  'due in five seconds, to ' || l.purpose
)
from lease as l
order by l.purpose;
select tests.move_clock('4.9 s');
select is_empty(
  $$ select * from accounting.lease_runs('dispatcher-1', 10) $$, 'nobody gets them before that'
);
select tests.move_clock('0.1 s');
select is(
  (select count(*) from accounting.lease_runs('dispatcher-1', 10)), 2::bigint, 'then somebody does'
);

select * from finish();
rollback;
