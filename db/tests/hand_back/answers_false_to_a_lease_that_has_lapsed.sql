begin;
select plan(3);

-- given a run to send, and one in doubt, whose leases end before they are given back
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 2);
select tests.attempt(tests.run_of(2), tests.item('unknown', '{2}'));
select tests.request(tests.organisation_id(), 1);
select tests.wait_until_due(tests.run_of(2));
create temp table lease as select l.* from accounting.lease_runs('dispatcher-1', 10) as l;
select tests.move_clock('10 s');

-- when
create temp table given_back as
select l.run_id, accounting.hand_back(l.organisation_id, l.run_id, l.lease_id) as is_ours
from lease as l;

-- then
select results_eq(
  'select is_ours from given_back', 'values (false), (false)', 'they are not ours any more'
);
select results_eq(
  'select l.run_id, e.lease_id from lease as l join accounting.export_requests as e using (run_id)',
  'select l.run_id, l.lease_id from lease as l', 'their leases are left to the sweep'
);
select is(accounting.sweep(), 2, 'which ends them');

select * from finish();
rollback;
