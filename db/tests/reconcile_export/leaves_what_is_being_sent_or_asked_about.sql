begin;
select plan(4);

-- given a run that is being sent
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
create temp table lease as
select l.id from run as r
cross join lateral (select tests.start(tests.organisation_id(), r.id)) as l (id);

-- when, then
select is(tests.reconcile(r.id), 'sending', 'it is still being sent') from run as r;
select is((tests.run(r.id)).lease_id, l.id, 'by the same dispatcher') from run as r, lease as l;
select tests.record(tests.organisation_id(), r.id, l.id, 'unknown', '{1}')
from run as r, lease as l;
select tests.wait_until_due(r.id) from run as r;
create temp table question as select tests.lease(r.id) as id from run as r;
select is(tests.reconcile(r.id), 'reconciling', 'it is still being asked about') from run as r;
select is((tests.run(r.id)).lease_id, q.id, 'by the same dispatcher')
from run as r, question as q;

select * from finish();
rollback;
