-- What the trail knows of a run's attempts: which claims, in which envelope, and the hash of what was
-- sent. `runIds` are those of the batch as a whole, such as the journal's.
create or replace function accounting.sent_of (
  p_organisation_id uuid,
  p_run_id uuid,
  p_attempt_no integer
)
  returns jsonb
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    pg_catalog.jsonb_agg(
      pg_catalog.jsonb_build_object(
        'attemptNo', r.attempt_no,
        'envelopeNo', r.envelope_no,
        'outcome', r.outcome,
        'wireSha256', r.wire_sha256,
        'claimIds', r.claim_ids,
        'runIds', case pg_catalog.jsonb_typeof(r.external_ids -> 'run')
          when 'array' then r.external_ids -> 'run'
          else '[]'::jsonb
        end
      )
      order by r.seq
    ),
    '[]'::jsonb
  )
  from accounting.export_runs as r
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.kind = 'attempt'
    and (r.attempt_no = p_attempt_no or p_attempt_no is null);
$$;

comment on function accounting.sent_of(uuid, uuid, integer) is
  'The attempts of a run as the trail has them; of one of them, or of all.';
