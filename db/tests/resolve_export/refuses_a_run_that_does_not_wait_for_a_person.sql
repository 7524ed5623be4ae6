begin;
select plan(12);

-- given a run in each state
select tests.organisation_with_claims(1, 7);
create temp table run (no integer, state text);
insert into run values (1, 'exported'), (2, 'rejected'), (3, 'in_doubt'), (4, 'reconciling'),
  (5, 'retry_wait'), (6, 'sending'), (7, 'queued');
select tests.exported_run(1);
select tests.request(tests.organisation_id(), 2);
select tests.attempt(tests.run_of(2), tests.item('rejected', '{2}'));
select tests.request(tests.organisation_id(), 3);
select tests.attempt(tests.run_of(3), tests.item('unknown', '{3}'));
select tests.request(tests.organisation_id(), 4);
select tests.attempt(tests.run_of(4), tests.item('unknown', '{4}'));
select tests.request(tests.organisation_id(), 5);
select tests.attempt(tests.run_of(5), tests.item('not_applied', '{5}'));
select tests.request(tests.organisation_id(), 6);
select tests.start(tests.organisation_id(), tests.run_of(6));
select tests.wait_until_due(tests.run_of(4));
select tests.lease(tests.run_of(4));
select accounting.hand_back(e.organisation_id, e.run_id, e.lease_id)
from accounting.export_requests as e
where e.lease_id is not null and e.run_id not in (tests.run_of(4), tests.run_of(6));
select tests.request(tests.organisation_id(), 7);
select is(
  (select array_agg(tests.state_of(tests.run_of(r.no)) order by r.no) from run as r),
  (select array_agg(r.state order by r.no) from run as r), 'each is in its state'
);
create temp table before as select to_jsonb(e) as run from accounting.export_requests as e;

-- when, then
select is(
  array[
    tests.resolve(tests.run_of(r.no), 'booked_by_hand'),
    tests.resolve(tests.run_of(r.no), 'proved_absent')
  ],
  '{AX018, AX018}', r.state
)
from run as r;
select is(
  tests.cancel(tests.run_of(r.no)), 'AX018', 'nor is it cancelled: ' || r.state
)
from run as r where r.no in (4, 6, 3);
select set_eq(
  'select to_jsonb(e) from accounting.export_requests as e', 'select run from before',
  'no run is changed'
);

select * from finish();
rollback;
