-- Asking beside the states of a run: about runs that have ended, and about flagged claims that no
-- run holds. And the freeze after a restore, under which nothing is sent before it was asked for.

-- A claim that was found in the ledger by its reference alone was exported by no run that we know.
alter table accounting.claims
  add column flagged_by text,
  drop constraint exported_at_names_its_run,
  add constraint exporting_run_has_exported
    check (exported_run_id is null or exported_at is not null),
  add constraint flagged_by_somebody_when_flagged
    check (flagged_by is null or flagged_at is not null);

alter table accounting.claim_reservations
  add column faulted_at timestamptz,
  add constraint fault_has_a_time check ((fault is null) = (faulted_at is null));

alter table accounting.export_requests
  add constraint asked_beside_the_state_once_delivered check (
    ask_at is null
    or state in (
      'produced', 'exported', 'partially_exported', 'rejected', 'failed', 'skipped', 'cancelled'
    )
  );

create index export_requests_ask_at_idx
  on accounting.export_requests (organisation_id, system, ask_at)
  where ask_at is not null and lease_id is null;

alter table accounting.integrations
  add column frozen_at timestamptz,
  add column frozen_reason text,
  add column restored_at timestamptz,
  add constraint frozen_has_a_reason check ((frozen_at is null) = (frozen_reason is null));

create table accounting.claim_questions (
  organisation_id uuid not null,
  claim_id uuid not null,
  system text not null,
  next_question_at timestamptz,
  quarantine_until timestamptz not null,
  question_count integer not null default 0,
  question_started_at timestamptz,
  absent_at timestamptz,
  problem text,
  lease_id uuid,
  lease_expires_at timestamptz,
  leased_by text,
  primary key (organisation_id, claim_id, system),
  foreign key (organisation_id, claim_id)
    references accounting.claims (organisation_id, id) on delete cascade,
  foreign key (organisation_id, system)
    references accounting.integrations (organisation_id, system),
  constraint lease_is_whole check (
    (lease_id is null) = (lease_expires_at is null) and (lease_id is null) = (leased_by is null)
  ),
  constraint waits_for_a_time_an_answer_or_a_person
    check (pg_catalog.num_nonnulls(next_question_at, lease_id, problem) = 1)
);

create index claim_questions_due_idx
  on accounting.claim_questions (organisation_id, system, next_question_at)
  where next_question_at is not null;

create index claim_questions_next_question_at_idx
  on accounting.claim_questions (next_question_at)
  where next_question_at is not null;

create index claim_questions_lease_id_idx
  on accounting.claim_questions (organisation_id, lease_id)
  where lease_id is not null;

create index claim_questions_lease_expires_at_idx
  on accounting.claim_questions (lease_expires_at)
  where lease_id is not null;

-- As export_runs_recorded_once_idx, for rows without a run.
create unique index export_runs_recorded_once_without_run_idx
  on accounting.export_runs
    (organisation_id, lease_id, kind, outcome, envelope_no, (claim_ids ->> 0))
  where run_id is null and lease_id is not null;

-- One row: which server this is, as far as anybody can tell from inside.
create table accounting.database_identity (
  is_only boolean primary key default true,
  system_identifier text not null,
  timeline_id text not null,
  noted_at timestamptz not null default accounting.clock(),
  constraint is_one_row check (is_only)
);

comment on column accounting.claims.flagged_by is 'Who flagged it: a person''s sub; null: not flagged.';
comment on column accounting.claims.exported_run_id is
  'The run that delivered it; null with exported_at: found in the ledger without a run.';
comment on column accounting.claim_reservations.faulted_at is 'When the fault was noticed.';
comment on column accounting.integrations.frozen_at is
  'Set when the database was restored or failed over: nothing is sent until the claims that are '
  'open or recent were asked for.';
comment on column accounting.integrations.restored_at is
  'When the last freeze began: for a day, claims that came in or changed since are asked for before '
  'they are sent, since the app may put back what a restore lost.';
comment on table accounting.claim_questions is
  'Flagged claims that no run can ask for, per system: asked for by their reference.';
comment on column accounting.claim_questions.next_question_at is
  'When it is asked next; null: it is being asked, or a person is needed.';
comment on column accounting.claim_questions.quarantine_until is
  'Before this, "absent" proves nothing.';
comment on column accounting.claim_questions.question_count is
  'Questions so far; at 20 a person takes over.';
comment on column accounting.claim_questions.absent_at is
  'The first "absent" after the quarantine; a second one some time later proves it.';
comment on column accounting.claim_questions.problem is
  'Why only a person can settle it; null: it is asked by itself.';
comment on table accounting.database_identity is
  'The server that this database was last seen on. Another one, or another timeline: it was '
  'restored or failed over, and what it tells may be old.';

alter table accounting.claim_questions enable row level security;
alter table accounting.database_identity enable row level security;
