begin;
select plan(8);

-- given
select tests.organisation_with_claims(1, 2, 'business_central', '{"max_delay_ms": 3600000}');
select tests.request(tests.organisation_id(), 1);
create temp table start as select accounting.clock() as at;

-- when nothing is reached for three days
create function pg_temp.stay_away (p_run_id uuid, p_until timestamptz)
  returns integer
  language plpgsql
as $$
declare
  v_count integer := 0;
begin
  while (tests.run(p_run_id)).next_attempt_at < p_until loop
    perform tests.attempt(
      p_run_id, tests.item('not_applied', '{1}', '{"failure": "unreachable"}')
    );
    v_count := v_count + 1;
  end loop;
  return v_count;
end;
$$;
select is(
  pg_temp.stay_away(tests.run_of(1), (select s.at + interval '3 days' from start as s)), 72,
  'it is tried once every max_delay_ms'
);
select tests.request(tests.organisation_id(), 2);
select tests.move_clock('2 hours');

-- then
select is(tests.state_of(tests.run_of(1)), 'retry_wait', 'it has not failed');
select is((tests.run(tests.run_of(1))).charged_attempts, 0, 'nor was it charged');
select is(
  tests.verdict(tests.organisation_id(), 1), 'in_flight', 'its claim is kept for it'
);
select results_eq(
  $$
    select a.kind, a.run_id, a.since
    from api.export_attention as a
    order by a.kind desc
  $$,
  $$
    select 'unreachable', tests.run_of(1), s.at from start as s
    union all
    select 'queued_long', tests.run_of(2), (tests.run(tests.run_of(2))).requested_at
  $$,
  'who looks is told of it, since when, and of what waits behind it'
);
select is(
  tests.attempt(tests.run_of(1), tests.item('accepted', '{1}', '{"http_status": 200}')),
  'exported', 'back again, it takes what waited'
);
select is((tests.run(tests.run_of(1))).attempt_no, 73, 'every start was counted');
select is(
  (select count(*)::integer from api.export_attention as a where a.run_id = tests.run_of(1)), 0,
  'and there is nothing left to tell of it'
);

select * from finish();
rollback;
