begin;
select plan(5);

-- given
select tests.organisation(1);
create function pg_temp.append (p_overrides jsonb)
  returns bigint
  language sql
as $$
  select (tests.append(tests.organisation_id(1), 'unknown', '{1}', jsonb_build_object(
    'lease_id', '00000000-0000-4000-b000-000000000001', 'error_message', 'first'
  ) || p_overrides)).seq;
$$;
-- when, then
select is(pg_temp.append('{}'), 1::bigint, 'the first time it is row 1');
select is(
  pg_temp.append('{"error_message": "second", "http_status": 503}'), 1::bigint,
  'the same run, attempt, outcome and lease again is row 1'
);
select is(
  (select string_agg(error_message, ', ') from accounting.export_runs), 'first',
  'which stays as it was, and is the only one'
);
select is(
  array[
    pg_temp.append('{"attempt_no": 2}'),
    pg_temp.append('{"outcome": "accepted", "http_status": 201}'),
    pg_temp.append('{"lease_id": "00000000-0000-4000-b000-000000000002"}'),
    pg_temp.append('{"envelope_no": 2}'),
    pg_temp.append('{"claim_ids": ["00000000-0000-4000-9000-000000000002"]}')
  ],
  '{2,3,4,5,6}', 'another attempt, outcome, lease, envelope or claim is a row of its own'
);
select is(
  (select seq from accounting.audit_heads), 6::bigint, 'the head moved once for each row'
);

select * from finish();
rollback;
