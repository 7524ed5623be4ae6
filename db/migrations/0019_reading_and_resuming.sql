-- What a person looks for: runs by state, claims by reference and by the ledger's ids. And who let a
-- paused integration send again, and why.

create index export_requests_organisation_id_state_requested_at_idx
  on accounting.export_requests (organisation_id, state, requested_at desc, run_id);

-- By bytes: so a prefix is a range, which row level security lets through to the index.
create index claim_reservations_organisation_id_reference_idx
  on accounting.claim_reservations (organisation_id, reference collate "C");

-- No pending list: it would cost stalls when flushed.
create index claim_reservations_external_ids_idx
  on accounting.claim_reservations using gin (external_ids)
  with (fastupdate = off)
  where external_ids <> '[]';

create table accounting.integration_resumptions (
  organisation_id uuid not null,
  system text not null,
  resumption_no integer not null,
  paused_at timestamptz not null,
  paused_reason text not null,
  resumed_at timestamptz not null default accounting.clock(),
  resumed_by text not null,
  evidence text,
  primary key (organisation_id, system, resumption_no),
  foreign key (organisation_id, system)
    references accounting.integrations (organisation_id, system),
  constraint resumption_no_counts_from_one check (resumption_no >= 1),
  constraint resumed_by_is_somebody check (resumed_by ~ '\S')
);

comment on table accounting.integration_resumptions is
  'Pauses that somebody ended: who, when and why. Append-only.';
comment on column accounting.integration_resumptions.resumed_by is
  'The person''s sub; at the database the login, or the name that a check was given.';
comment on column accounting.integration_resumptions.evidence is
  'What was seen or mended, sanitised; null: resumed by the command, which asks for no words.';

alter table accounting.integration_resumptions enable row level security;
