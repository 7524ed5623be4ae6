begin;
select plan(4);

-- given two leased runs
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1);
select tests.request(tests.organisation_id(), 2);
create temp table leased as select * from accounting.lease_runs('dispatcher-1', 10);

-- when
update accounting.integrations set paused_at = accounting.clock(), paused_reason = 'a 403';
create temp table paused as
select s.* from leased as l,
  accounting.start_attempt(l.organisation_id, l.run_id, l.lease_id) as s
where l.run_id = tests.run_of(1);
update accounting.integrations set paused_at = null, paused_reason = null, is_enabled = false;
create temp table disabled as
select s.* from leased as l,
  accounting.start_attempt(l.organisation_id, l.run_id, l.lease_id) as s
where l.run_id = tests.run_of(2);

-- then
select results_eq(
  'select is_started, state from paused', $$ values (false, 'queued') $$,
  'a paused one sends nothing'
);
select results_eq(
  'select is_started, state from disabled', $$ values (false, 'queued') $$,
  'a disabled one sends nothing'
);
select is(
  (select count(*) from accounting.export_requests as e where e.lease_id is null), 2::bigint,
  'both are put down'
);
select is(
  (select sum(e.attempt_no) from accounting.export_requests as e), 0::bigint, 'neither is charged'
);

select * from finish();
rollback;
