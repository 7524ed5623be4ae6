begin;
select plan(3);

-- given a run whose claim was flagged before it was sent, asked about in vain
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.flag('{1}');
select accounting.start_attempt(tests.organisation_id(), r.id, l.id)
from run as r cross join lateral (select tests.lease(r.id)) as l (id);
select tests.answer(r.id, tests.item('unclear', '{1}'))
from run as r cross join generate_series(1, 20);
select is(tests.state_of(r.id), 'needs_review', 'a person has to look') from run as r;

-- when, then
select is(tests.reconcile(r.id), 'in_doubt', 'who may have it asked again') from run as r;
select is(tests.answer(r.id, tests.item('found', '{1}')), 'exported', 'and it is') from run as r;

select * from finish();
rollback;
