-- What was found when an integration was held against its accounting system, and the shape that the
-- system's answers had: paths and types, never values.
create table accounting.integration_checks (
  organisation_id uuid not null,
  system text not null,
  check_no integer not null,
  checked_at timestamptz not null default accounting.clock(),
  checked_by text not null,
  endpoint text,
  is_good boolean not null,
  fault_count integer not null,
  shapes jsonb not null default '{}',
  resumed_at timestamptz,
  ended_pause text,
  primary key (organisation_id, system, check_no),
  foreign key (organisation_id, system)
    references accounting.integrations (organisation_id, system),
  constraint check_no_counts_from_one check (check_no >= 1),
  constraint checked_by_is_somebody
    check (checked_by ~ '\S' and pg_catalog.length(checked_by) <= 200),
  constraint good_has_no_fault check (is_good = (fault_count = 0)),
  constraint fault_count_is_not_negative check (fault_count >= 0),
  constraint shapes_is_an_object check (pg_catalog.jsonb_typeof(shapes) = 'object'),
  constraint only_a_good_check_resumes check (is_good or resumed_at is null),
  constraint resumed_ended_a_pause check ((resumed_at is null) = (ended_pause is null))
);

comment on table accounting.integration_checks is
  'Checks of integrations by npm run check-integration: the newest 50 of each, and all that resumed one.';
comment on column accounting.integration_checks.checked_by is
  'Who checked: the name that was given, or the database login.';
comment on column accounting.integration_checks.endpoint is
  'The address that was checked; null for files.';
comment on column accounting.integration_checks.shapes is
  'By resource and path: the types of what was answered. The next check compares with them. Never '
  'values.';
comment on column accounting.integration_checks.resumed_at is
  'When this check let a paused integration send again; null: it wasn''t paused, or stayed so.';
comment on column accounting.integration_checks.ended_pause is
  'The reason of the pause that it ended.';

alter table accounting.integration_checks enable row level security;
