-- The append-only trail, and per organisation the head of its hash chain.

create table accounting.audit_heads (
  organisation_id uuid primary key references accounting.organisations (id),
  seq bigint not null default 0,
  hash text not null,
  constraint seq_is_not_negative check (seq >= 0),
  constraint hash_is_sha256 check (hash ~ '^[0-9a-f]{64}$')
);

create table accounting.export_runs (
  organisation_id uuid not null references accounting.organisations (id),
  seq bigint not null,
  id uuid not null default pg_catalog.gen_random_uuid(),
  run_id uuid,
  kind text not null,
  outcome text not null,
  is_late boolean not null default false,
  attempt_no integer,
  envelope_no integer not null default 1,
  lease_id uuid,
  claim_ids jsonb not null,
  http_status integer,
  error_message text,
  external_ids jsonb not null default '{}',
  wire_sha256 text,
  mapper_version text,
  actor text not null,
  started_at timestamptz,
  recorded_at timestamptz not null default accounting.clock(),
  previous_hash text not null,
  hash text not null,
  primary key (organisation_id, seq),
  constraint id_is_unique unique (organisation_id, id),
  constraint outcome_fits_kind check (
    (kind = 'attempt' and outcome in ('accepted', 'rejected', 'not_applied', 'unknown'))
    or (kind = 'reconciliation' and outcome in ('found', 'absent', 'unclear'))
    or (kind = 'decision' and outcome in (
      'booked_by_hand', 'proved_absent', 'voided', 'cancelled', 'import_confirmed'
    ))
  ),
  constraint attempt_is_numbered check (kind <> 'attempt' or attempt_no is not null),
  constraint attempt_names_its_run check (kind <> 'attempt' or run_id is not null),
  constraint claim_ids_are_canonical check (accounting.are_canonical_claim_ids(claim_ids)),
  constraint booked_over_http_has_a_2xx check (
    outcome not in ('accepted', 'found') or http_status is null
    or http_status between 200 and 299
  ),
  constraint decision_says_why check (kind <> 'decision' or error_message is not null),
  constraint external_ids_is_an_object check (pg_catalog.jsonb_typeof(external_ids) = 'object'),
  constraint wire_sha256_is_sha256 check (wire_sha256 ~ '^[0-9a-f]{64}$'),
  constraint previous_hash_is_sha256 check (previous_hash ~ '^[0-9a-f]{64}$'),
  constraint hash_is_sha256 check (hash ~ '^[0-9a-f]{64}$')
);

-- The guard asks for claims by this index. No pending list: it would cost stalls when flushed.
create index export_runs_claim_ids_idx
  on accounting.export_runs using gin (claim_ids)
  with (fastupdate = off)
  where outcome in ('accepted', 'found', 'booked_by_hand', 'voided');

create index export_runs_organisation_id_run_id_idx
  on accounting.export_runs (organisation_id, run_id, seq desc);

create index export_runs_run_id_idx
  on accounting.export_runs (run_id);

-- Recording the same thing again gives back the first row.
create unique index export_runs_recorded_once_idx
  on accounting.export_runs
    (organisation_id, run_id, kind, attempt_no, outcome, lease_id, envelope_no, (claim_ids ->> 0));

comment on table accounting.export_runs is
  'The trail: a row per attempt and outcome, answer and decision. Append-only, chained by hash, '
  'without personal data.';
comment on column accounting.export_runs.seq is 'Without gaps from 1, per organisation.';
comment on column accounting.export_runs.run_id is
  'Null: asked about a flagged claim without a run.';
comment on column accounting.export_runs.is_late is
  'Recorded after its lease had ended: evidence, and booked counts all the same.';
comment on column accounting.export_runs.envelope_no is
  'One HTTP request that carried lines; an attempt may need several.';
comment on column accounting.export_runs.lease_id is 'Under which lease; null for decisions.';
comment on column accounting.export_runs.claim_ids is 'Only the claims that share this outcome.';
comment on column accounting.export_runs.http_status is 'Null: no answer came.';
comment on column accounting.export_runs.error_message is
  'The remote''s words, or the evidence of a decision; sanitised and cut.';
comment on column accounting.export_runs.external_ids is
  'By claim id an array of the ids that the system gave; under "run" those of the batch.';
comment on column accounting.export_runs.wire_sha256 is 'SHA-256 of what was sent, hex.';
comment on column accounting.export_runs.actor is
  'The dispatcher, the sweep, or the person''s sub.';
comment on column accounting.export_runs.previous_hash is
  'The hash of the row before; 64 zeros at first.';
comment on column accounting.export_runs.hash is 'SHA-256 over the row and previous_hash, hex.';
comment on table accounting.audit_heads is
  'Per organisation the last row of the trail. Locked while appending.';

-- RLS everywhere: without a policy a table is closed to everybody but its owner.
alter table accounting.organisations enable row level security;
alter table accounting.integrations enable row level security;
alter table accounting.account_mappings enable row level security;
alter table accounting.claims enable row level security;
alter table accounting.claim_lines enable row level security;
alter table accounting.export_requests enable row level security;
alter table accounting.claim_reservations enable row level security;
alter table accounting.export_runs enable row level security;
alter table accounting.audit_heads enable row level security;
