begin;
select plan(3);

-- given a run that was flagged before it was sent, and whose claim was found
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.flag('{1}');
select accounting.start_attempt(tests.organisation_id(), r.id, l.id)
from run as r cross join lateral (select tests.lease(r.id)) as l (id);
select is(tests.answer(r.id, tests.item('found', '{1}')), 'exported', 'it is exported')
from run as r;

-- when
select tests.flag('{1}');
select tests.answer_again(r.id, tests.item('found', '{1}')) from run as r;

-- then
select is((tests.claim(1)).flagged_at, null, 'the answer clears the flag');
select is(tests.trail(r.id), '{reconciliation found, reconciliation found}', 'it was asked twice')
from run as r;

select * from finish();
rollback;
