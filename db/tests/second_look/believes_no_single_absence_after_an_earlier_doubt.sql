begin;
select plan(4);

-- given a claim that was in doubt, proved absent, sent again and delivered
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.attempt(r.id, tests.item('unknown', '{1}')) from run as r;
select tests.move_clock_to((tests.run(r.id)).quarantine_until) from run as r;
select tests.answer(r.id, tests.item('absent', '{1}')) from run as r cross join generate_series(1, 2);
select is(
  tests.attempt(r.id, tests.item('accepted', '{1}', '{"http_status": 200}')), 'exported',
  'it is delivered'
)
from run as r;

-- when it is asked about again, and the answer comes from a copy that lags
select tests.move_clock('1 day');
select tests.reconcile(r.id) from run as r;
select tests.answer_again(r.id, tests.item('absent', '{1}')) from run as r;

-- then
select is((tests.reservation(r.id, 1)).fault, null, 'one answer is not believed') from run as r;
select isnt((tests.run(r.id)).ask_at, null, 'it is asked a second time') from run as r;
select tests.answer_again(r.id, tests.item('absent', '{1}')) from run as r;
select isnt((tests.reservation(r.id, 1)).fault, null, 'two are') from run as r;

select * from finish();
rollback;
