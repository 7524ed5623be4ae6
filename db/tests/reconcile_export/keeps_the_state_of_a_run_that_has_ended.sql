begin;
select plan(9);

-- given runs that ended in each way, after something was sent
select tests.organisation_with_claims(1, 4);
select tests.exported_run(1);
select tests.request(tests.organisation_id(), 2);
select tests.attempt(tests.run_of(2), tests.item('rejected', '{2}'));
select tests.request(tests.organisation_id(), 3);
select tests.attempt(tests.run_of(3), tests.item('not_applied', '{3}')) from generate_series(1, 3);
select tests.request(tests.organisation_id(), 4);
select tests.attempt(tests.run_of(4), tests.item('not_applied', '{4}'));
select tests.cancel(tests.run_of(4));

-- when, then
select is(tests.reconcile(tests.run_of(n.no)), n.state, 'it stays ' || n.state)
from (values (1, 'exported'), (2, 'rejected'), (3, 'failed'), (4, 'cancelled')) as n (no, state);
create temp table leased as
select l.run_id, l.purpose from accounting.lease_runs('dispatcher-1', 100) as l;
select is(
  (select array_agg(l.run_id order by l.run_id) from leased as l where l.purpose = 'ask'),
  (select array_agg(tests.run_of(n) order by tests.run_of(n)) from generate_series(1, 4) as n),
  'each is leased for asking'
);
select is(tests.state_of(tests.run_of(n.no)), n.state, n.state || ' it is while it is asked about')
from (values (1, 'exported'), (2, 'rejected'), (3, 'failed'), (4, 'cancelled')) as n (no, state);

select * from finish();
rollback;
