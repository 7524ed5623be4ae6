begin;
select plan(3);

-- given a run of which one claim was refused
select tests.organisation_with_claims(1, 2);
create temp table run as select tests.request(tests.organisation_id(), 1, 2) as id;
select tests.attempt(r.id, tests.item('accepted', '{1}'), tests.item('rejected', '{2}'))
from run as r;

-- when
select tests.reconcile(r.id) from run as r;
select tests.answer_again(r.id, tests.item('found', '{1}'), tests.item('absent', '{2}'))
from run as r;

-- then
select is(tests.attention(r.id), '{}', 'absent is as it should be') from run as r;
select is((tests.run(r.id)).ask_at, null, 'once is enough') from run as r;
select is(tests.verdict(tests.organisation_id(), 2), 'exportable', 'the claim stays free');

select * from finish();
rollback;
