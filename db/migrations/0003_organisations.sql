-- Who exports, and where to: organisations, their integrations, and where expense types are booked.

create table accounting.organisations (
  id uuid primary key default pg_catalog.gen_random_uuid(),
  name text not null,
  organisation_number text not null unique,
  reference_prefix text not null unique,
  created_at timestamptz not null default accounting.clock(),
  updated_at timestamptz not null default accounting.clock(),
  constraint name_is_not_blank check (name ~ '\S' and pg_catalog.length(name) <= 200),
  constraint organisation_number_passes_modulus_11
    check (accounting.is_organisation_number(organisation_number)),
  constraint reference_prefix_is_short_and_plain check (reference_prefix ~ '^[A-Z][A-Z0-9]{0,5}$')
);

create table accounting.integrations (
  organisation_id uuid not null references accounting.organisations (id),
  system text not null,
  endpoint text not null,
  credential_ref text not null,
  settings jsonb not null default '{}',
  is_enabled boolean not null default true,
  paused_at timestamptz,
  paused_reason text,
  max_attempts integer not null default 8,
  base_delay_ms integer not null default 2000,
  max_delay_ms integer not null default 900000,
  lease_ms integer not null default 180000,
  send_timeout_ms integer not null default 120000,
  remote_max_ms integer not null default 600000,
  quarantine_ms integer not null default 720000,
  max_concurrency integer not null default 1,
  created_at timestamptz not null default accounting.clock(),
  updated_at timestamptz not null default accounting.clock(),
  primary key (organisation_id, system),
  constraint system_is_known check (system in ('business_central', 'xledger', 'file')),
  constraint endpoint_is_http_without_userinfo check (endpoint ~ '^https?://[^/@\s]+(/[^\s]*)?$'),
  constraint credential_ref_is_a_name check (credential_ref ~ '^[a-z][a-z0-9-]{0,62}$'),
  constraint settings_is_an_object check (pg_catalog.jsonb_typeof(settings) = 'object'),
  constraint paused_has_a_reason check ((paused_at is null) = (paused_reason is null)),
  constraint max_attempts_is_sensible check (max_attempts between 1 and 50),
  constraint delays_are_ordered check (
    base_delay_ms between 10 and max_delay_ms and max_delay_ms <= 86400000
  ),
  constraint lease_outlives_the_attempt check (
    send_timeout_ms >= 100 and lease_ms >= send_timeout_ms + 1000 and lease_ms <= 3600000
  ),
  constraint quarantine_outlives_the_remote check (
    remote_max_ms >= 0 and quarantine_ms > remote_max_ms and quarantine_ms <= 86400000
  ),
  constraint max_concurrency_is_sensible check (max_concurrency between 1 and 50)
);

create unique index integrations_organisation_id_enabled_idx
  on accounting.integrations (organisation_id)
  where is_enabled;

create table accounting.account_mappings (
  organisation_id uuid not null references accounting.organisations (id),
  expense_type text not null,
  account text not null,
  tax_code text,
  dimensions jsonb not null default '{}',
  primary key (organisation_id, expense_type),
  constraint expense_type_is_plain check (expense_type ~ '^[a-z][a-z0-9_]{0,39}$'),
  constraint account_fits check (account ~ '^[A-Za-z0-9.-]{1,20}$'),
  constraint tax_code_fits check (tax_code ~ '^[A-Za-z0-9.-]{1,20}$'),
  constraint dimensions_is_an_object check (pg_catalog.jsonb_typeof(dimensions) = 'object')
);

comment on table accounting.organisations is 'The organisations that export.';
comment on column accounting.organisations.organisation_number is 'Nine digits, modulus 11.';
comment on column accounting.organisations.reference_prefix is
  'What the organisation''s claim references begin with, by convention: HLF, BF.';
comment on table accounting.integrations is
  'How an organisation reaches an accounting system; at most one per organisation is enabled. '
  'A disabled one sends nothing, and still answers questions about what it sent.';
comment on column accounting.integrations.endpoint is
  'Base address of the system''s API. https; http only where the dispatcher allows private addresses.';
comment on column accounting.integrations.credential_ref is
  'The name under which the dispatcher finds the secret. Never the secret.';
comment on column accounting.integrations.settings is
  'The adapter''s own keys, checked when written: docs/organisation-file.md.';
comment on column accounting.integrations.paused_at is
  'Set when the system refuses us (sign-in, rights, address): nothing is sent until it is resumed.';
comment on column accounting.integrations.max_attempts is 'Charged attempts before a run fails.';
comment on column accounting.integrations.base_delay_ms is
  'First retry delay, milliseconds; doubles.';
comment on column accounting.integrations.max_delay_ms is 'Longest retry delay, milliseconds.';
comment on column accounting.integrations.lease_ms is
  'Milliseconds for which a dispatcher may carry a run without renewing.';
comment on column accounting.integrations.send_timeout_ms is 'The whole attempt, milliseconds.';
comment on column accounting.integrations.remote_max_ms is
  'The longest time after which the system may still apply a request, milliseconds.';
comment on column accounting.integrations.quarantine_ms is
  'Milliseconds after an uncertain end before "absent" can count.';
comment on column accounting.integrations.max_concurrency is
  'Runs of this integration that may be carried at once.';
comment on table accounting.account_mappings is
  'Where an organisation books an expense type: account, tax code, dimensions.';
comment on column accounting.account_mappings.tax_code is 'Null: the account''s own default.';
comment on column accounting.account_mappings.dimensions is
  'Dimension code to value code, both texts; the adapter''s docs name the codes.';
