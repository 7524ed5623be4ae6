begin;
select plan(4);

-- given a run whose next question is far off
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.attempt(r.id, tests.item('unknown', '{1}')) from run as r;
select tests.answer(r.id, tests.item('unclear', '{1}'))
from run as r cross join generate_series(1, 3);
create temp table before as select (tests.run(r.id)).* from run as r;
select cmp_ok(
  (select b.next_attempt_at from before as b), '>', accounting.clock(), 'it is not due yet'
);

-- when
select is(tests.reconcile(r.id), 'in_doubt', 'it stays in doubt') from run as r;

-- then
select is((tests.run(r.id)).next_attempt_at, accounting.clock(), 'it is due') from run as r;
select is(
  (tests.run(r.id)).quarantine_until, (select b.quarantine_until from before as b),
  'asking doesn''t shorten the quarantine'
)
from run as r;

select * from finish();
rollback;
