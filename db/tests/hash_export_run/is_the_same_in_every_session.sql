begin;
select plan(3);

-- given
select tests.organisation(1);
select tests.append(tests.organisation_id(1), 'accepted', '{1}', jsonb_build_object(
  'started_at', '2026-03-29T01:59:59.123456Z'
));
create temporary table row as select * from accounting.export_runs;
-- when
set local timezone = 'America/St_Johns';
set local datestyle = 'German';
set local intervalstyle = 'iso_8601';
set local extra_float_digits = -5;
set local bytea_output = 'escape';
-- then
select is(
  (select accounting.hash_export_run(r) from accounting.export_runs as r), (select hash from row),
  'no setting of a session changes it'
);
select isnt(
  (
    select accounting.hash_export_run(jsonb_populate_record(
      r, jsonb_build_object('started_at', r.started_at + interval '1 microsecond')
    ))
    from accounting.export_runs as r
  ),
  (select hash from row), 'a microsecond counts'
);
select is(
  (
    select encode(sha256(convert_to(jsonb_build_array(
      'export_runs/1', organisation_id, seq, id, run_id, kind, outcome, is_late, attempt_no,
      envelope_no, lease_id, claim_ids, http_status, error_message, external_ids, wire_sha256,
      mapper_version, actor, 1774749599123456,
      (extract(epoch from recorded_at) * 1000000)::bigint, previous_hash
    )::text, 'UTF8')), 'hex')
    from accounting.export_runs
  ),
  (select hash from row), 'it can be recomputed from the row, outside of our functions too'
);

select * from finish();
rollback;
