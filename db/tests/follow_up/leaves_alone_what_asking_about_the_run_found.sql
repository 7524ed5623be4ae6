begin;
select plan(5);

-- given a delivered claim that differs in the ledger
select tests.organisation_with_claims(1, 2, 'xledger');
create temp table run as select tests.exported_run(1, 2) as id;
select tests.reconcile(r.id) from run as r;
select tests.answer_again(r.id, tests.item('unclear', '{1}',
  '{"needs_person": true, "error_message": "the sums differ", "http_status": 200}'))
from run as r;

-- when, then
select tests.follow_up('{1, 2}', '{}', '{"1": "the period is closed", "2": "the period is closed"}');
select is((tests.reservation(r.id, 1)).fault, 'the sums differ', 'its words stay') from run as r;
select tests.follow_up('{1, 2}', '{1}', '{"2": "the period is closed"}');
select is((tests.reservation(r.id, 1)).fault, 'the sums differ', 'booked doesn''t mend that')
from run as r;
select isnt((tests.reservation(r.id, 1)).booked_at, null, 'though it is noted') from run as r;
-- and asking about the run takes back its own words alone
select tests.reconcile(r.id) from run as r;
select tests.answer_again(r.id, tests.item('found', '{1, 2}')) from run as r;
select is((tests.reservation(r.id, 1)).fault, null, 'asked again, it agrees') from run as r;
select is(
  (tests.reservation(r.id, 2)).fault, 'the period is closed', 'what a follow-up told stays'
)
from run as r;

select * from finish();
rollback;
