begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.wait_until_due(tests.run_of(1));
select tests.lease(tests.run_of(1));
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);
create function pg_temp.finish () returns text language sql as $$
  select accounting.finish_of(tests.organisation_id(), tests.run_of(1), tests.claim_ids(1));
$$;
select is(pg_temp.finish(), 'now', 'nothing is in the way');

-- when
update accounting.integrations set paused_at = accounting.clock(), paused_reason = 'refused';
-- then
select is(pg_temp.finish(), 'later', 'a paused system is waited for');
-- when
update accounting.integrations set paused_at = null, paused_reason = null, is_enabled = false;
-- then
select is(pg_temp.finish(), 'person', 'in one that is off nothing more is done');
-- when
update accounting.integrations set is_enabled = true;
update accounting.claims
set flagged_at = accounting.clock(), flagged_reason = 'seen twice', flagged_by = 'coordinator-1';
-- then
select is(pg_temp.finish(), 'person', 'nor where a claim is flagged');
-- when
update accounting.claims set flagged_at = null, flagged_reason = null, flagged_by = null;
select tests.record(
  tests.organisation_id(), tests.run_of(1), (tests.run(tests.run_of(1))).lease_id, 'found', '{1}'
);
-- then
select is(pg_temp.finish(), 'no', 'a run that has ended is left as it is');

select * from finish();
rollback;
