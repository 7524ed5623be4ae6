begin;
select plan(6);

-- given a run that failed
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.attempt(r.id, tests.item('not_applied', '{1}'))
from run as r cross join generate_series(1, 3);
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'its claim is free');

-- when
select tests.reconcile(r.id) from run as r;
select is(tests.answer_again(r.id, tests.item('found', '{1}')), 'failed', 'the state stays')
from run as r;

-- then
select is(tests.attention(r.id), '{booked_late}', 'somebody has to look') from run as r;
select is(tests.counts(r.id), '1 0 0 0', 'the claim counts as delivered') from run as r;
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'and isn''t sent again');
-- and, once somebody has seen that it is there once
select tests.reconcile(r.id) from run as r;
select tests.answer_again(r.id, tests.item('found', '{1}')) from run as r;
select is(tests.attention(r.id), '{}', 'asking again puts it at rest') from run as r;

select * from finish();
rollback;
