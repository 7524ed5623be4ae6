-- A run and what it holds. The unique index at the end is the guard against double export.

create table accounting.export_requests (
  organisation_id uuid not null,
  run_id uuid not null default pg_catalog.gen_random_uuid(),
  claim_ids uuid[] not null,
  state text not null default 'queued',
  request_key text not null,
  batch_key text,
  reserved_key text,
  system text not null,
  endpoint text not null,
  frozen_input jsonb,
  input_sha256 text,
  mapper_version text,
  attempt_no integer not null default 0,
  charged_attempts integer not null default 0,
  question_count integer not null default 0,
  next_attempt_at timestamptz default accounting.clock(),
  retry_not_before timestamptz,
  attempt_started_at timestamptz,
  question_started_at timestamptz,
  lease_id uuid,
  lease_expires_at timestamptz,
  leased_by text,
  is_abandoned boolean not null default false,
  in_doubt_since timestamptz,
  quarantine_until timestamptz,
  unreachable_since timestamptz,
  review_reason text,
  ask_at timestamptz,
  requested_by text not null,
  requested_at timestamptz not null default accounting.clock(),
  exported_at timestamptz,
  ended_at timestamptz,
  primary key (organisation_id, run_id),
  foreign key (organisation_id, system)
    references accounting.integrations (organisation_id, system),
  constraint state_is_known check (state in (
    'queued', 'sending', 'retry_wait', 'in_doubt', 'reconciling', 'needs_review', 'produced',
    'exported', 'partially_exported', 'rejected', 'failed', 'skipped', 'cancelled'
  )),
  constraint claims_are_asked_for check (
    pg_catalog.cardinality(claim_ids) between 1 and 500
    and pg_catalog.array_position(claim_ids, null) is null
  ),
  constraint waiting_has_a_time check (
    (state in ('queued', 'retry_wait', 'in_doubt')) = (next_attempt_at is not null)
  ),
  constraint working_has_a_lease check (
    state not in ('sending', 'reconciling') or lease_id is not null
  ),
  constraint lease_is_whole check (
    (lease_id is null) = (lease_expires_at is null) and (lease_id is null) = (leased_by is null)
  ),
  constraint in_doubt_has_a_quarantine check (
    state not in ('in_doubt', 'reconciling')
    or (quarantine_until is not null and in_doubt_since is not null)
  ),
  constraint needs_review_has_a_reason check (
    state <> 'needs_review' or review_reason is not null
  ),
  constraint exported_at_matches_state check (
    (state in ('exported', 'partially_exported')) = (exported_at is not null)
  ),
  constraint ended_at_matches_state check (
    (state in ('exported', 'partially_exported', 'rejected', 'failed', 'skipped', 'cancelled'))
    = (ended_at is not null)
  ),
  constraint started_is_frozen check (
    attempt_no = 0
    or (batch_key is not null and input_sha256 is not null and mapper_version is not null)
  ),
  constraint charged_attempts_are_started check (charged_attempts between 0 and attempt_no)
);

create unique index export_requests_organisation_id_request_key_idx
  on accounting.export_requests (organisation_id, request_key)
  where state not in (
    'exported', 'partially_exported', 'rejected', 'failed', 'skipped', 'cancelled'
  );

create index export_requests_due_idx
  on accounting.export_requests (organisation_id, system, next_attempt_at)
  where state in ('queued', 'retry_wait', 'in_doubt') and lease_id is null;

create index export_requests_next_attempt_at_idx
  on accounting.export_requests (next_attempt_at)
  where state in ('queued', 'retry_wait', 'in_doubt') and lease_id is null;

create index export_requests_lease_expires_at_idx
  on accounting.export_requests (lease_expires_at)
  where lease_id is not null;

create index export_requests_leased_idx
  on accounting.export_requests (organisation_id, system)
  where lease_id is not null;

create index export_requests_organisation_id_requested_at_idx
  on accounting.export_requests (organisation_id, requested_at desc, run_id);

create index export_requests_run_id_idx
  on accounting.export_requests (run_id);

create index export_requests_organisation_id_reserved_key_idx
  on accounting.export_requests (organisation_id, reserved_key)
  where attempt_no > 0;

-- Two batches in one journal would collide line by line. The guard picks another key before that.
create unique index export_requests_organisation_id_journal_code_idx
  on accounting.export_requests (organisation_id, accounting.journal_code(batch_key))
  where system = 'business_central' and attempt_no > 0;

-- Two batches whose voucher numbers overlap while both wait for import would become one voucher.
create index export_requests_organisation_id_voucher_number_base_idx
  on accounting.export_requests (organisation_id, accounting.voucher_number_base(batch_key))
  where system = 'xledger' and (attempt_no > 0 or ended_at is null);

create index export_requests_open_idx
  on accounting.export_requests (organisation_id, state)
  where state not in (
    'exported', 'partially_exported', 'rejected', 'failed', 'skipped', 'cancelled'
  );

create table accounting.claim_reservations (
  organisation_id uuid not null,
  run_id uuid not null,
  claim_id uuid not null,
  reference text,
  verdict text not null,
  detail text,
  blocking_run_id uuid,
  outcome text,
  outcome_attempt_no integer,
  failure text,
  external_ids jsonb not null default '[]',
  error text,
  doubted_at timestamptz,
  absent_at timestamptz,
  absence_proved_at timestamptz,
  delivered_at timestamptz,
  booked_at timestamptz,
  fault text,
  booked_late_at timestamptz,
  released_at timestamptz,
  primary key (organisation_id, run_id, claim_id),
  foreign key (organisation_id, run_id)
    references accounting.export_requests (organisation_id, run_id),
  constraint verdict_is_known check (verdict in (
    'exportable', 'already_exported', 'in_flight', 'not_approved', 'flagged', 'unmapped',
    'unsupported_currency', 'too_large', 'declaration_missing', 'feature_disabled', 'unknown'
  )),
  constraint outcome_is_known check (outcome in (
    'accepted', 'rejected', 'not_applied', 'unknown', 'found', 'absent', 'booked_by_hand',
    'proved_absent', 'voided', 'cancelled'
  )),
  constraint only_exportable_has_an_outcome check (verdict = 'exportable' or outcome is null),
  constraint delivered_at_matches_outcome check (
    outcome is null
    or (outcome in ('accepted', 'found', 'booked_by_hand')) = (delivered_at is not null)
  ),
  constraint booked_is_released_by_void_alone check (
    released_at is null or delivered_at is null or booked_late_at is not null
  ),
  constraint external_ids_is_an_array check (pg_catalog.jsonb_typeof(external_ids) = 'array')
);

create unique index claim_reservations_live_idx
  on accounting.claim_reservations (organisation_id, claim_id)
  where verdict = 'exportable' and released_at is null;

create index claim_reservations_organisation_id_claim_id_idx
  on accounting.claim_reservations (organisation_id, claim_id);

create index claim_reservations_organisation_id_fault_idx
  on accounting.claim_reservations (organisation_id)
  where fault is not null;

create index claim_reservations_organisation_id_booked_late_at_idx
  on accounting.claim_reservations (organisation_id, booked_late_at)
  where booked_late_at is not null;

comment on table accounting.export_requests is
  'One row per run: where it stands, who carries it, when it goes on. States: docs/states.md.';
comment on column accounting.export_requests.claim_ids is 'As asked for, whatever their verdicts.';
comment on column accounting.export_requests.request_key is
  'Over organisation and claims asked for: a double click meets the run that has not ended.';
comment on column accounting.export_requests.batch_key is
  'Over organisation, reserved claims and generation: what the accounting system sees as our key. '
  'Never the run id, so that a restored backup meets what was already booked.';
comment on column accounting.export_requests.reserved_key is
  'Over the reserved claims alone: earlier runs with the same set are counted as generations.';
comment on column accounting.export_requests.endpoint is 'As first sent; asked there too.';
comment on column accounting.export_requests.frozen_input is
  'Claims, mappings, settings and mapper version as they were: what is sent is computed from it '
  'alone. Holds personal data.';
comment on column accounting.export_requests.attempt_no is 'Counts every start and never falls.';
comment on column accounting.export_requests.charged_attempts is
  'The starts that count against max_attempts: without those that were no fault of the run.';
comment on column accounting.export_requests.question_count is
  'Questions since the run was last in doubt; at 20 a person takes over.';
comment on column accounting.export_requests.next_attempt_at is
  'When a waiting run goes on: is sent, or in doubt is asked about.';
comment on column accounting.export_requests.retry_not_before is 'What the remote told us to wait.';
comment on column accounting.export_requests.lease_id is
  'The fencing token of the dispatcher that carries the run; null: nobody does.';
comment on column accounting.export_requests.question_started_at is
  'When the last question began: an answer tells how things stood then, not when it was recorded.';
comment on column accounting.export_requests.is_abandoned is
  'The last attempt was ended by the sweep: its dispatcher died or hung.';
comment on column accounting.export_requests.quarantine_until is
  'Before this, "absent" proves nothing: a late request may still be applied.';
comment on column accounting.export_requests.review_reason is 'Why a person is needed.';
comment on column accounting.export_requests.ask_at is
  'An ended run that a person asked to have looked up again; null: none.';
comment on table accounting.claim_reservations is
  'One row per run and claim: verdict, outcome, ids. The unique index over live rows is the guard.';
comment on column accounting.claim_reservations.reference is 'Null: the claim is unknown to us.';
comment on column accounting.claim_reservations.doubted_at is 'The last unknown outcome.';
comment on column accounting.claim_reservations.absent_at is
  'The first "absent" after the quarantine; a second one some time later proves it.';
comment on column accounting.claim_reservations.absence_proved_at is
  'Since then the claim is known not to have been applied: it may be released.';
comment on column accounting.claim_reservations.delivered_at is
  'When we learned that the system has it, as a draft or booked.';
comment on column accounting.claim_reservations.booked_at is
  'When the system told that it is booked.';
comment on column accounting.claim_reservations.fault is 'What went wrong after delivery.';
comment on column accounting.claim_reservations.booked_late_at is
  'An answer after the release told that it is booked.';
comment on column accounting.claim_reservations.released_at is
  'The claim may be exported again by another run.';
