begin;
select plan(4);

-- given runs that were all turned away, and have waited for days
select tests.organisation_with_claims(
  1, 20, 'xledger',
  '{"max_concurrency": 20, "max_delay_ms": 3600000, "base_delay_ms": 60000}'
);
select tests.request(tests.organisation_id(), n) from generate_series(1, 20) as n;
create temp table leases as
select l.* from accounting.lease_runs('dispatcher-1', 20) as l;
select accounting.start_attempt(l.organisation_id, l.run_id, l.lease_id) from leases as l;
select accounting.record_results((
  select jsonb_agg(tests.report(
    l.run_id, l.lease_id,
    jsonb_build_array(jsonb_build_object(
      'outcome', 'not_applied', 'http_status', 429, 'failure', 'throttled',
      'claim_ids', (select to_jsonb(e.claim_ids) from accounting.export_requests as e
        where e.run_id = l.run_id)
    ))
  ))
  from leases as l
));

-- then
select cmp_ok(
  (select count(distinct e.next_attempt_at)::integer from accounting.export_requests as e), '>', 15,
  'turned away at one time, they come back at many: the delays are partly random'
);
select ok(
  (
    select bool_and(
      e.next_attempt_at between accounting.clock() + interval '30 s'
        and accounting.clock() + interval '60 s'
    )
    from accounting.export_requests as e
  ),
  'half of the delay is certain'
);

-- when the system is back
update accounting.integrations as i
set max_concurrency = 2
where i.organisation_id = tests.organisation_id();
select tests.move_clock('3 days');

-- then
select is(
  (select count(*)::integer from accounting.lease_runs('dispatcher-1', 100)), 2,
  'as many go at once as may'
);
select is(
  (select count(*)::integer from accounting.lease_runs('dispatcher-2', 100)), 0,
  'whoever asks'
);

select * from finish();
rollback;
