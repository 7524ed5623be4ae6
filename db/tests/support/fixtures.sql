-- What the pgTAP files start from: an organisation, claims, a signed-in caller, a clock that can be
-- moved, and a dispatcher's steps. Loaded once into the database that the files run in; never part
-- of a migrated one.
create schema tests;

-- The clock of these tests: the transaction's start and what was added to it.
create or replace function accounting.clock ()
  returns timestamptz
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.now()
    + coalesce(nullif(pg_catalog.current_setting('tests.shift', true), ''), '0')::interval;
$$;

create function tests.move_clock (p_by interval)
  returns void
  language sql
as $$
  select set_config(
    'tests.shift',
    (coalesce(nullif(current_setting('tests.shift', true), ''), '0')::interval + p_by)::text,
    true
  );
$$;

-- Organisation 1 is …0001. Short, round timings: lease 10 s, quarantine 60 s, base delay 1 s.
create function tests.organisation (
  p_no integer default 1,
  p_system text default 'business_central',
  p_overrides jsonb default '{}'
)
  returns uuid
  language plpgsql
as $$
declare
  v_id uuid := ('00000000-0000-4000-8000-' || lpad(p_no::text, 12, '0'))::uuid;
  v_number text;
begin
  select n.number into v_number
  from (select (100000000 + p_no * 1000 + g)::text from generate_series(0, 99) as g) as n (number)
  where accounting.is_organisation_number(n.number)
  limit 1;
  perform accounting.apply_organisation(jsonb_build_object(
    'organisation', jsonb_build_object(
      'id', v_id, 'name', 'Organisation ' || p_no, 'organisation_number', v_number,
      'reference_prefix', 'O' || p_no
    ),
    'integrations', jsonb_build_array(jsonb_build_object(
      'system', p_system,
      'endpoint', case when p_system <> 'file' then 'https://ledger.example/' || p_no end,
      'credential_ref', case when p_system <> 'file' then 'organisation-' || p_no end,
      'settings', case p_system
        when 'file' then '{"liability_account": "2910", "format": "csv"}'::jsonb
        when 'xledger' then '{"liability_account": "2910"}'::jsonb
        else '{"liability_account": "2910",
          "company_id": "a0a0a0a0-0000-4000-8000-000000000001",
          "token_url": "https://login.example/t/oauth2/v2.0/token"}'::jsonb
      end,
      'max_attempts', 3, 'base_delay_ms', 1000, 'max_delay_ms', 8000, 'lease_ms', 10000,
      'send_timeout_ms', 5000, 'remote_max_ms', 30000, 'quarantine_ms', 60000,
      'max_concurrency', 5
    ) || p_overrides),
    'mappings', jsonb_build_object(
      'mileage', '{"account": "7100"}'::jsonb,
      'toll', jsonb_build_object('account', '7140', 'tax_code', '1', 'dimensions',
        case p_system when 'xledger' then '{"project": "100"}' else '{"AVDELING": "100"}' end::jsonb)
    )
  ));
  return v_id;
end;
$$;

-- The id of claim p_no: the same in every organisation.
create function tests.claim_id (p_no integer)
  returns uuid
  language sql
  immutable
as $$
  select ('00000000-0000-4000-9000-' || lpad(p_no::text, 12, '0'))::uuid;
$$;

create function tests.claim_ids (variadic p_nos integer[])
  returns uuid[]
  language sql
  immutable
as $$
  select array_agg(tests.claim_id(n) order by place)
  from unnest(p_nos) with ordinality as u (n, place);
$$;

-- A claim of one mileage line, as the app sends it; p_overrides replaces keys.
create function tests.claim_json (p_no integer, p_overrides jsonb default '{}')
  returns jsonb
  language sql
  immutable
as $$
  select jsonb_build_object(
    'id', tests.claim_id(p_no), 'reference', 'T-' || p_no, 'kind', 'travel_expense',
    'claimant', jsonb_build_object('id', 'person-1', 'name', 'Kari Eksempel'),
    'currency', 'NOK', 'total', '100.50',
    'lines', '[{"type": "mileage", "date": "2026-03-02", "amount": "100.50", "quantity": "19"}]'::jsonb
  ) || p_overrides;
$$;

create function tests.put_claim (p_organisation_id uuid, p_no integer, p_overrides jsonb default '{}')
  returns uuid
  language plpgsql
as $$
begin
  perform accounting.put_claims(
    p_organisation_id, jsonb_build_array(tests.claim_json(p_no, p_overrides))
  );
  return tests.claim_id(p_no);
end;
$$;

-- Organisation p_no with approved claims 1 to p_claims.
create function tests.organisation_with_claims (
  p_no integer default 1,
  p_claims integer default 1,
  p_system text default 'business_central',
  p_overrides jsonb default '{}'
)
  returns uuid
  language plpgsql
as $$
declare
  v_id uuid := tests.organisation(p_no, p_system, p_overrides);
begin
  perform tests.put_claim(v_id, n) from generate_series(1, p_claims) as n;
  return v_id;
end;
$$;

-- Whoever calls from here on, as PostgREST would set it up. reset role undoes it.
create function tests.sign_in (p_organisation_id uuid, p_app_role text)
  returns void
  language plpgsql
as $$
begin
  perform set_config('request.jwt.claims', json_build_object(
    'role', 'authenticated', 'organisation_id', p_organisation_id, 'app_role', p_app_role,
    'sub', p_app_role || '-1'
  )::text, true);
  set local role authenticated;
end;
$$;

-- A run of the claims, made as the guard makes it; its id.
create function tests.request (p_organisation_id uuid, variadic p_nos integer[])
  returns uuid
  language sql
as $$
  select (accounting.request_export(p_organisation_id, tests.claim_ids(variadic p_nos), 'app-1')).run_id;
$$;

-- A dispatcher leases the run (it must be due) and, for `send`, starts an attempt; the lease id.
create function tests.lease (p_run_id uuid)
  returns uuid
  language sql
as $$
  select l.lease_id from accounting.lease_runs('dispatcher-1', 100) as l where l.run_id = p_run_id;
$$;

create function tests.start (p_organisation_id uuid, p_run_id uuid)
  returns uuid
  language plpgsql
as $$
declare
  v_lease_id uuid := tests.lease(p_run_id);
begin
  perform accounting.start_attempt(p_organisation_id, p_run_id, v_lease_id);
  return v_lease_id;
end;
$$;

-- Records one row for some claims, of the run's current attempt: an attempt's outcome or an answer.
create function tests.record (
  p_organisation_id uuid,
  p_run_id uuid,
  p_lease_id uuid,
  p_outcome text,
  p_claim_nos integer[],
  p_overrides jsonb default '{}'
)
  returns text
  language sql
as $$
  select o.state
  from accounting.record_results(jsonb_build_array(jsonb_build_object(
    'organisation_id', p_organisation_id,
    'run_id', p_run_id,
    'lease_id', p_lease_id,
    'kind', case
      when p_outcome in ('found', 'absent', 'unclear') then 'reconciliation' else 'attempt'
    end,
    'attempt_no', (
      select e.attempt_no from accounting.export_requests as e where e.run_id = p_run_id
    ),
    'actor', 'dispatcher-1',
    'keep_lease_ms', 0,
    'rows', jsonb_build_array(jsonb_build_object(
      'outcome', p_outcome,
      'claim_ids', to_jsonb(tests.claim_ids(variadic p_claim_nos)),
      'http_status', case p_outcome
        when 'unknown' then 500 when 'rejected' then 400 when 'not_applied' then 429
        when 'unclear' then 500 else 200
      end
    ) || p_overrides)
  ))) as o;
$$;

create function tests.state_of (p_run_id uuid)
  returns text
  language sql
as $$
  select e.state from accounting.export_requests as e where e.run_id = p_run_id;
$$;

grant usage on schema tests to authenticated, service_role, anon;

-- A row of the trail past the queue: what was booked, voided or refused before.
create function tests.append (
  p_organisation_id uuid,
  p_outcome text,
  p_claim_nos integer[],
  p_overrides jsonb default '{}'
)
  returns accounting.export_runs
  language sql
as $$
  select accounting.append_export_run(jsonb_populate_record(
    null::accounting.export_runs,
    jsonb_build_object(
      'organisation_id', p_organisation_id,
      'run_id', '00000000-0000-4000-a000-000000000001',
      'kind', case
        when p_outcome in ('found', 'absent', 'unclear') then 'reconciliation'
        when p_outcome in ('accepted', 'rejected', 'not_applied', 'unknown') then 'attempt'
        else 'decision'
      end,
      'outcome', p_outcome,
      'attempt_no', 1,
      'claim_ids', to_jsonb(tests.claim_ids(variadic p_claim_nos)),
      'http_status', case when p_outcome in ('accepted', 'found') then 200 end,
      'error_message', 'seen in the ledger',
      'actor', 'coordinator-1'
    ) || p_overrides
  ));
$$;

-- What a statement raises: code, message, detail and hint; null if it raises nothing.
create function tests.error_of (p_sql text)
  returns jsonb
  language plpgsql
as $$
declare
  v_detail text;
  v_hint text;
begin
  execute p_sql;
  return null;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  return jsonb_build_object(
    'code', sqlstate, 'message', sqlerrm, 'detail', v_detail, 'hint', v_hint
  );
end;
$$;

-- The guard's verdict on one claim.
create function tests.verdict (p_organisation_id uuid, p_no integer)
  returns text
  language sql
as $$
  select j.verdict from accounting.judge_claims(p_organisation_id, tests.claim_ids(p_no)) as j;
$$;

-- Steps of the state machine, for files with one run per claim. Times move forward only.
create function tests.organisation_id (p_no integer default 1)
  returns uuid
  language sql
  immutable
as $$
  select ('00000000-0000-4000-8000-' || lpad(p_no::text, 12, '0'))::uuid;
$$;

-- The newest run that asked for claim p_claim_no.
create function tests.run_of (p_claim_no integer, p_organisation_no integer default 1)
  returns uuid
  language sql
as $$
  select e.run_id
  from accounting.export_requests as e
  where e.organisation_id = tests.organisation_id(p_organisation_no)
    and tests.claim_id(p_claim_no) = any (e.claim_ids)
  order by e.requested_at desc
  limit 1;
$$;

create function tests.run (p_run_id uuid)
  returns accounting.export_requests
  language sql
as $$
  select e from accounting.export_requests as e where e.run_id = p_run_id;
$$;

create function tests.reservation (p_run_id uuid, p_claim_no integer)
  returns accounting.claim_reservations
  language sql
as $$
  select r
  from accounting.claim_reservations as r
  where r.run_id = p_run_id
    and r.claim_id = tests.claim_id(p_claim_no);
$$;

create function tests.move_clock_to (p_at timestamptz)
  returns void
  language sql
as $$
  select tests.move_clock(greatest(p_at - accounting.clock(), '0'));
$$;

create function tests.wait_until_due (p_run_id uuid)
  returns void
  language sql
as $$
  select tests.move_clock_to((tests.run(p_run_id)).next_attempt_at);
$$;

-- One row of a report.
create function tests.item (
  p_outcome text, p_claim_nos integer[], p_overrides jsonb default '{}'
)
  returns jsonb
  language sql
  immutable
as $$
  select jsonb_build_object(
    'outcome', p_outcome, 'claim_ids', to_jsonb(tests.claim_ids(variadic p_claim_nos))
  ) || p_overrides;
$$;

-- The report of some rows, as record_results takes it in an array; it counts for the run's attempt.
create function tests.report (
  p_run_id uuid, p_lease_id uuid, p_items jsonb, p_overrides jsonb default '{}'
)
  returns jsonb
  language sql
as $$
  select jsonb_build_object(
    'organisation_id', e.organisation_id, 'run_id', e.run_id, 'lease_id', p_lease_id,
    'kind', case
      when p_items #>> '{0,outcome}' in ('found', 'absent', 'unclear') then 'reconciliation'
      else 'attempt'
    end,
    'attempt_no', e.attempt_no, 'actor', 'dispatcher-1', 'keep_lease_ms', 0, 'rows', p_items
  ) || p_overrides
  from accounting.export_requests as e
  where e.run_id = p_run_id;
$$;

-- When the run is due: starts it and records the rows; the state that follows.
create function tests.attempt (p_run_id uuid, variadic p_items jsonb[])
  returns text
  language plpgsql
as $$
declare
  v_lease_id uuid;
begin
  perform tests.wait_until_due(p_run_id);
  v_lease_id := tests.start((tests.run(p_run_id)).organisation_id, p_run_id);
  return (
    select o.state
    from accounting.record_results(
      jsonb_build_array(tests.report(p_run_id, v_lease_id, to_jsonb(p_items)))
    ) as o
  );
end;
$$;

-- When the run in doubt is due: asks and records the answers; the state that follows.
create function tests.answer (p_run_id uuid, variadic p_items jsonb[])
  returns text
  language plpgsql
as $$
declare
  v_lease_id uuid;
begin
  perform tests.wait_until_due(p_run_id);
  v_lease_id := tests.lease(p_run_id);
  perform accounting.start_question(
    (tests.run(p_run_id)).organisation_id, p_run_id, v_lease_id
  );
  return (
    select o.state
    from accounting.record_results(
      jsonb_build_array(tests.report(p_run_id, v_lease_id, to_jsonb(p_items)))
    ) as o
  );
end;
$$;

-- A row in the trail that no reservation knows of, as after a crash or from hand-made changes.
create function tests.append_row (p_run_id uuid, p_outcome text, p_claim_nos integer[])
  returns void
  language sql
as $$
  select accounting.append_export_run(jsonb_populate_record(
    null::accounting.export_runs,
    jsonb_build_object(
      'organisation_id', (tests.run(p_run_id)).organisation_id, 'run_id', p_run_id,
      'kind', 'attempt', 'outcome', p_outcome, 'attempt_no', 1, 'actor', 'dispatcher-1',
      'claim_ids', to_jsonb(tests.claim_ids(variadic p_claim_nos))
    )
  ));
$$;

-- The SQLSTATE and the constraint that a statement violates; null: none.
create function tests.violation_of (p_sql text)
  returns text
  language plpgsql
as $$
declare
  v_constraint text;
begin
  execute p_sql;
  return null;
exception
  when integrity_constraint_violation then
    get stacked diagnostics v_constraint = constraint_name;
    return sqlstate || ' ' || v_constraint;
end;
$$;

-- Somebody with a superuser's rights changes the trail: with its triggers off, and no key.
create function tests.tamper (p_sql text)
  returns void
  language plpgsql
as $$
begin
  alter table accounting.export_runs disable trigger all;
  alter table accounting.audit_heads disable trigger all;
  execute p_sql;
  alter table accounting.export_runs enable trigger all;
  alter table accounting.audit_heads enable trigger all;
end;
$$;

-- Seals the rows from p_from on anew, each after the one before it, and moves the head along.
create function tests.seal_anew (p_organisation_id uuid, p_from bigint)
  returns void
  language plpgsql
as $$
declare
  v_row accounting.export_runs;
  v_hash text;
begin
  select coalesce(max(r.hash), repeat('0', 64)) into v_hash
  from accounting.export_runs as r
  where r.organisation_id = p_organisation_id
    and r.seq = p_from - 1;
  for v_row in
    select * from accounting.export_runs as r
    where r.organisation_id = p_organisation_id and r.seq >= p_from
    order by r.seq
  loop
    v_row.previous_hash := v_hash;
    v_hash := accounting.hash_export_run(v_row);
    update accounting.export_runs as r
    set previous_hash = v_row.previous_hash, hash = v_hash
    where r.organisation_id = p_organisation_id and r.seq = v_row.seq;
  end loop;
  update accounting.audit_heads as h
  set seq = v_row.seq, hash = v_hash
  where h.organisation_id = p_organisation_id;
end;
$$;

-- An organisation with a trail of p_rows rows.
create function tests.organisation_with_trail (p_no integer, p_rows integer)
  returns uuid
  language plpgsql
as $$
declare
  v_id uuid := tests.organisation(p_no);
begin
  perform tests.append(v_id, 'rejected', array[n], jsonb_build_object('http_status', 400))
  from generate_series(1, p_rows) as n;
  return v_id;
end;
$$;

-- What verifying says after somebody tampered: 'valid, 5 rows', or '3: the reason'.
create function tests.verdict_on_trail (p_no integer default 1)
  returns text
  language sql
as $$
  select case
    when v.is_valid then format('valid, %s rows', v.rows_checked)
    else format('%s: %s', v.first_bad_seq, v.reason)
  end
  from accounting.verify_trail_of(tests.organisation_id(p_no)) as v;
$$;

-- The verdict, once the statement has tampered with the trail; afterwards all is as before.
create function tests.verdict_after (p_sql text, p_no integer default 1)
  returns text
  language plpgsql
as $$
declare
  v_verdict text;
begin
  begin
    perform tests.tamper(p_sql);
    v_verdict := tests.verdict_on_trail(p_no);
    raise exception using errcode = 'P0999', message = v_verdict;
  exception when sqlstate 'P0999' then
    return sqlerrm;
  end;
end;
$$;

-- A person's act, signed in for it alone: the answer's second column, or the SQLSTATE it raises.
create function tests.act (
  p_sql text, p_app_role text default 'coordinator', p_organisation_no integer default 1
)
  returns text
  language plpgsql
as $$
declare
  v_answer text;
begin
  begin
    perform tests.sign_in(tests.organisation_id(p_organisation_no), p_app_role);
    execute p_sql into v_answer;
    reset role;
    perform set_config('request.jwt.claims', '', true);
    return v_answer;
  exception when others then
    return sqlstate;
  end;
end;
$$;

create function tests.reconcile (p_run_id uuid)
  returns text
  language sql
as $$
  select tests.act(format('select integration_status from api.reconcile_export(%L)', p_run_id));
$$;

create function tests.cancel (p_run_id uuid)
  returns text
  language sql
as $$
  select tests.act(format('select integration_status from api.cancel_export(%L)', p_run_id));
$$;

create function tests.resolve (
  p_run_id uuid,
  p_resolution text,
  p_external_ids jsonb default null,
  p_evidence text default 'looked in the ledger'
)
  returns text
  language sql
as $$
  select tests.act(format(
    'select integration_status from api.resolve_export(%L, %L, %L, %L)',
    p_run_id, p_resolution, p_evidence, p_external_ids
  ));
$$;

create function tests.void (
  p_run_id uuid, p_claim_nos integer[], p_evidence text default 'removed from the ledger'
)
  returns text
  language sql
as $$
  select tests.act(format(
    'select voided_count from api.void_export(%L, %L, %L)',
    p_run_id, tests.claim_ids(variadic p_claim_nos), p_evidence
  ));
$$;

create function tests.flag (
  p_claim_nos integer[], p_reason text default 'is it in the ledger?'
)
  returns text
  language sql
as $$
  select tests.act(format(
    'select count(*) from api.flag_claims(%L, %L)',
    tests.claim_ids(variadic p_claim_nos), p_reason
  ));
$$;

-- The ids of a claim, as answers and decisions name them.
create function tests.ids (p_claim_no integer, variadic p_ids text[] default '{}')
  returns jsonb
  language sql
  immutable
as $$
  select jsonb_build_object(tests.claim_id(p_claim_no), to_jsonb(p_ids));
$$;

-- When the ended run is due to be asked about: asks and records the answers; its state then.
create function tests.answer_again (p_run_id uuid, variadic p_items jsonb[])
  returns text
  language plpgsql
as $$
begin
  perform tests.move_clock_to((tests.run(p_run_id)).ask_at);
  return tests.answer(p_run_id, variadic p_items);
end;
$$;

-- When claims that no run holds are due to be asked for: asks, and records one answer; whether it
-- counted as late.
create function tests.answer_without_run (
  p_outcome text, p_claim_nos integer[], p_overrides jsonb default '{}', p_system text default null
)
  returns boolean
  language plpgsql
as $$
declare
  v_question accounting.claim_questions;
begin
  perform tests.move_clock_to(min(q.next_question_at))
  from accounting.claim_questions as q
  where q.claim_id = any (tests.claim_ids(variadic p_claim_nos))
    and q.system = coalesce(p_system, q.system);
  perform accounting.lease_runs('dispatcher-1', 100);
  select q.* into strict v_question
  from accounting.claim_questions as q
  where q.claim_id = tests.claim_id(p_claim_nos[1])
    and q.system = coalesce(p_system, q.system)
    and q.lease_id is not null;
  perform accounting.start_question(v_question.organisation_id, null, v_question.lease_id);
  return (
    select o.is_late
    from accounting.record_results(jsonb_build_array(tests.report_without_run(
      v_question.organisation_id, v_question.lease_id,
      tests.item(p_outcome, p_claim_nos, p_overrides)
    ))) as o
  );
end;
$$;

-- As tests.report, of claims that were asked for without a run.
create function tests.report_without_run (
  p_organisation_id uuid, p_lease_id uuid, p_item jsonb
)
  returns jsonb
  language sql
  immutable
as $$
  select jsonb_build_object(
    'organisation_id', p_organisation_id, 'run_id', null, 'lease_id', p_lease_id,
    'kind', 'reconciliation', 'attempt_no', 0, 'actor', 'dispatcher-1', 'keep_lease_ms', 0,
    'rows', jsonb_build_array(p_item)
  );
$$;

create function tests.claim (p_no integer, p_organisation_no integer default 1)
  returns accounting.claims
  language sql
as $$
  select c
  from accounting.claims as c
  where c.organisation_id = tests.organisation_id(p_organisation_no)
    and c.id = tests.claim_id(p_no);
$$;

create function tests.question (p_claim_no integer)
  returns accounting.claim_questions
  language sql
as $$
  select q
  from accounting.claim_questions as q
  where q.organisation_id = tests.organisation_id()
    and q.claim_id = tests.claim_id(p_claim_no);
$$;

-- The kinds in api.export_attention that concern a run, or (null) that concern none.
create function tests.attention (p_run_id uuid)
  returns text[]
  language sql
as $$
  select coalesce(array_agg(distinct a.kind order by a.kind), '{}')
  from api.export_attention as a
  where a.run_id is not distinct from p_run_id;
$$;

-- 'success failure skipped open' of a run, as a coordinator sees them.
create function tests.counts (p_run_id uuid)
  returns text
  language sql
as $$
  select format(
    '%s %s %s %s', s.success_count, s.failure_count, s.skipped_count,
    s.total_claims - s.success_count - s.failure_count - s.skipped_count
  )
  from api.export_status as s
  where s.run_id = p_run_id;
$$;

-- 'kind outcome' of the trail's rows of a run, in order.
create function tests.trail (p_run_id uuid)
  returns text[]
  language sql
as $$
  select array_agg(x.kind || ' ' || x.outcome order by x.seq)
  from accounting.export_runs as x
  where x.run_id is not distinct from p_run_id;
$$;

-- A run of the claims that waits for a person, whose quarantine is over: the ledger disagreed.
create function tests.run_in_review (variadic p_claim_nos integer[])
  returns uuid
  language plpgsql
as $$
declare
  v_run_id uuid := tests.request(tests.organisation_id(), variadic p_claim_nos);
begin
  perform tests.attempt(v_run_id, tests.item('unknown', p_claim_nos));
  perform tests.answer(v_run_id, tests.item('unclear', p_claim_nos,
    '{"needs_person": true, "error_message": "the sums differ"}'));
  perform tests.move_clock_to((tests.run(v_run_id)).quarantine_until);
  return v_run_id;
end;
$$;

-- A run of the claims that exported them, under the ids 1001 for claim 1 and so on.
create function tests.exported_run (variadic p_claim_nos integer[])
  returns uuid
  language plpgsql
as $$
declare
  v_run_id uuid := tests.request(tests.organisation_id(), variadic p_claim_nos);
begin
  perform tests.attempt(v_run_id, tests.item('accepted', p_claim_nos, jsonb_build_object(
    'http_status', 200, 'external_ids',
    (select jsonb_object_agg(tests.claim_id(n), jsonb_build_array((1000 + n)::text))
     from unnest(p_claim_nos) as n)
  )));
  return v_run_id;
end;
$$;

-- From here on the database runs on another server, as after a restore.
create function tests.move_to_server (
  p_system_identifier text, p_timeline_id text default '00000001'
)
  returns void
  language plpgsql
as $$
begin
  execute format(
    'create or replace function accounting.server_identity ()
       returns table (system_identifier text, timeline_id text)
       language sql stable set search_path = pg_catalog, pg_temp
     as $f$ select %L::text, %L::text $f$',
    p_system_identifier, p_timeline_id
  );
end;
$$;

-- When a delivered claim is due to be followed up: leases and starts that; the lease.
create function tests.start_follow_up (p_organisation_no integer default 1)
  returns uuid
  language plpgsql
as $$
declare
  v_lease_id uuid;
begin
  -- Another step may have leased it along.
  perform accounting.hand_back_follow_up(f.organisation_id, f.lease_id, 0)
  from accounting.follow_ups as f
  where f.lease_id is not null;
  perform tests.move_clock_to(greatest(min(r.follow_at), max(f.next_at)))
  from accounting.claim_reservations as r
  left join accounting.follow_ups as f on f.organisation_id = r.organisation_id
  where r.organisation_id = tests.organisation_id(p_organisation_no);
  select l.lease_id into strict v_lease_id
  from accounting.lease_runs('dispatcher-1', 100) as l
  where l.organisation_id = tests.organisation_id(p_organisation_no)
    and l.purpose = 'follow';
  perform accounting.start_follow_up(tests.organisation_id(p_organisation_no), v_lease_id);
  return v_lease_id;
end;
$$;

-- What a follow-up of some claims told, as record_follow_up takes it: faults by number of the claim.
create function tests.follow_up_report (
  p_lease_id uuid,
  p_claim_nos integer[],
  p_booked_nos integer[] default '{}',
  p_faults jsonb default '{}',
  p_overrides jsonb default '{}',
  p_organisation_no integer default 1
)
  returns jsonb
  language sql
as $$
  select jsonb_build_object(
    'organisation_id', tests.organisation_id(p_organisation_no),
    'lease_id', p_lease_id,
    'claim_ids', (select jsonb_agg(tests.claim_id(n)) from unnest(p_claim_nos) as n),
    'booked_claim_ids', coalesce(
      (select jsonb_agg(tests.claim_id(n)) from unnest(p_booked_nos) as n), '[]'
    ),
    'faults', coalesce(
      (select jsonb_object_agg(tests.claim_id(f.key::integer), f.value)
       from jsonb_each(p_faults) as f), '{}'
    ),
    'problem', null, 'retry_after_ms', null
  ) || p_overrides;
$$;

-- Follows up when due, with one answer.
create function tests.follow_up (
  p_claim_nos integer[],
  p_booked_nos integer[] default '{}',
  p_faults jsonb default '{}',
  p_overrides jsonb default '{}'
)
  returns boolean
  language sql
as $$
  select accounting.record_follow_up(tests.follow_up_report(
    tests.start_follow_up(), p_claim_nos, p_booked_nos, p_faults, p_overrides
  ));
$$;

create function tests.followed (p_organisation_no integer default 1)
  returns accounting.follow_ups
  language sql
as $$
  select f
  from accounting.follow_ups as f
  where f.organisation_id = tests.organisation_id(p_organisation_no);
$$;

-- A file as a dispatcher reports it: the name is what the run's batch key makes of it.
create function tests.file (p_run_id uuid, p_content text default 'a,b')
  returns jsonb
  language sql
as $$
  select jsonb_build_object('file', jsonb_build_object(
    'name', format(
      '%s-%s.csv', e.frozen_input #>> '{organisation,prefix}', upper(left(e.batch_key, 20))
    ),
    'format', 'csv', 'content', p_content, 'other_content', '{"a": "b"}'
  ))
  from accounting.export_requests as e
  where e.run_id = p_run_id;
$$;

-- An accepted row with a file in which the claims are.
create function tests.file_item (
  p_run_id uuid, p_claim_nos integer[], p_overrides jsonb default '{}'
)
  returns jsonb
  language sql
as $$
  select tests.item('accepted', p_claim_nos, jsonb_build_object(
    'http_status', null, 'external_ids',
    (select jsonb_object_agg(tests.claim_id(n), jsonb_build_array(
       (tests.file(p_run_id) #>> '{file,name}') || '#T-' || n)) from unnest(p_claim_nos) as n)
  ) || tests.file(p_run_id) || p_overrides);
$$;

-- Organisation 1, which writes files, with claims 1 to p_claims.
create function tests.file_organisation (p_claims integer default 1)
  returns uuid
  language sql
as $$
  select tests.organisation_with_claims(1, p_claims, 'file');
$$;

-- A run whose file waits for its import.
create function tests.produced_run (variadic p_claim_nos integer[])
  returns uuid
  language plpgsql
as $$
declare
  v_run_id uuid := tests.request(tests.organisation_id(), variadic p_claim_nos);
begin
  perform tests.attempt(v_run_id, tests.file_item(v_run_id, p_claim_nos));
  return v_run_id;
end;
$$;

create function tests.confirm (p_run_id uuid, p_evidence text default 'voucher 7 seen')
  returns text
  language sql
as $$
  select tests.act(format(
    'select integration_status from api.confirm_import(%L, %L)', p_run_id, p_evidence
  ));
$$;

-- What export_file gives a coordinator who accepts this: the text, or the SQLSTATE.
create function tests.download (p_run_id uuid, p_accept text default '*/*')
  returns text
  language plpgsql
as $$
begin
  perform set_config('request.headers', json_build_object('accept', p_accept)::text, true);
  return tests.act(format('select convert_from(api.export_file(%L), ''UTF8'')', p_run_id));
end;
$$;

-- Declarations. Days are counted from today in Norway.
create function tests.day (p_days integer default 0)
  returns date
  language sql
  security definer
as $$
  select (accounting.clock() at time zone 'Europe/Oslo')::date + p_days;
$$;

-- Writes, signs off and publishes the next version of a language; its id.
create function tests.declare (
  p_organisation_id uuid,
  p_valid_in_days integer default 0,
  p_language text default 'nb',
  p_way text default 'tick_box',
  p_body text default 'I, {{driver_name}}, tell nobody.'
)
  returns uuid
  language plpgsql
as $$
declare
  v_draft accounting.declaration_templates := accounting.put_declaration_template(
    p_organisation_id, p_language, p_body, p_way, 'author-1'
  );
begin
  perform accounting.sign_off_template(
    p_organisation_id, v_draft.id, v_draft.version, v_draft.body_sha256, p_way, 'board 12/2026',
    'signer-1'
  );
  perform accounting.publish_template(
    p_organisation_id, v_draft.id, v_draft.version, tests.day(p_valid_in_days), 'signer-1'
  );
  return v_draft.id;
end;
$$;

-- The driver acknowledges what is shown; the number of the act.
create function tests.acknowledge (
  p_organisation_id uuid, p_driver_id text default 'person-1', p_typed_name text default null
)
  returns integer
  language sql
as $$
  select accounting.acknowledge(
    p_organisation_id, p_driver_id, d.template_id, d.version, d.content_sha256, p_typed_name, 'web'
  )
  from accounting.declaration_for(p_organisation_id, p_driver_id) as d;
$$;

-- An honorarium of person-1 (or of p_driver_id), with a line on each of the days.
create function tests.honorarium (
  p_organisation_id uuid,
  p_no integer,
  p_days integer[] default '{0}',
  p_driver_id text default 'person-1'
)
  returns uuid
  language sql
as $$
  select tests.put_claim(p_organisation_id, p_no, jsonb_build_object(
    'kind', 'driver_honorarium',
    'claimant', jsonb_build_object('id', p_driver_id, 'name', 'Kari Eksempel'),
    'total', cardinality(p_days) || '.00',
    'lines', (
      select jsonb_agg(jsonb_build_object(
        'type', 'mileage', 'date', tests.day(d.day), 'amount', '1.00'
      ))
      from unnest(p_days) as d (day)
    )
  ));
$$;

create function tests.switch_honoraria (p_organisation_id uuid, p_is_enabled boolean default true)
  returns text
  language sql
as $$
  select accounting.set_feature_flag(
    p_organisation_id, 'driver_honorarium', p_is_enabled, 'the board decided so'
  );
$$;

-- The guard's words on one claim.
create function tests.verdict_detail (p_organisation_id uuid, p_no integer)
  returns text
  language sql
as $$
  select j.detail from accounting.judge_claims(p_organisation_id, tests.claim_ids(p_no)) as j;
$$;

create function tests.set_rule (p_organisation_id uuid, p_validity text,
  p_needs_another boolean default false)
  returns void
  language sql
as $$
  select accounting.set_declaration_rules(
    p_organisation_id, p_validity, p_needs_another, 'nb', 120, 'the board decided so', 'admin-1'
  );
$$;

-- Signs in as a driver with a name.
create function tests.sign_in_driver (
  p_organisation_id uuid, p_subject text default 'person-1', p_more jsonb default '{}'
)
  returns void
  language plpgsql
as $$
begin
  perform set_config('request.jwt.claims', (jsonb_build_object(
    'role', 'authenticated', 'organisation_id', p_organisation_id, 'app_role', 'driver',
    'sub', p_subject, 'name', 'Kari Eksempel'
  ) || p_more)::text, true);
  set local role authenticated;
end;
$$;
