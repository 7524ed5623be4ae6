-- What the app approved. The only tables, beside frozen inputs, that hold personal data.

create table accounting.claims (
  organisation_id uuid not null references accounting.organisations (id),
  id uuid not null,
  reference text not null,
  kind text not null default 'travel_expense',
  state text not null default 'approved',
  claimant_id text not null,
  claimant_name text not null,
  currency text not null,
  total numeric(12, 2) not null,
  exported_at timestamptz,
  exported_run_id uuid,
  flagged_at timestamptz,
  flagged_reason text,
  created_at timestamptz not null default accounting.clock(),
  updated_at timestamptz not null default accounting.clock(),
  primary key (organisation_id, id),
  constraint reference_is_unique_in_its_organisation unique (organisation_id, reference),
  constraint reference_fits_every_system check (reference ~ '^[A-Z0-9][A-Z0-9-]{0,19}$'),
  constraint kind_is_known check (kind in ('travel_expense', 'driver_honorarium')),
  constraint state_is_known check (state in ('draft', 'approved', 'withdrawn')),
  constraint claimant_id_is_not_blank
    check (claimant_id ~ '\S' and pg_catalog.length(claimant_id) <= 200),
  constraint claimant_name_is_not_blank
    check (claimant_name ~ '\S' and pg_catalog.length(claimant_name) <= 200),
  constraint currency_is_a_code check (currency ~ '^[A-Z]{3}$'),
  constraint total_is_positive check (total > 0),
  constraint exported_at_names_its_run check ((exported_at is null) = (exported_run_id is null)),
  constraint flagged_has_a_reason check ((flagged_at is null) = (flagged_reason is null))
);

create table accounting.claim_lines (
  organisation_id uuid not null,
  claim_id uuid not null,
  line_no integer not null,
  type text not null,
  date date not null,
  amount numeric(12, 2) not null,
  quantity numeric(12, 3),
  text text,
  primary key (organisation_id, claim_id, line_no),
  foreign key (organisation_id, claim_id)
    references accounting.claims (organisation_id, id) on delete cascade,
  constraint line_no_is_positive check (line_no > 0),
  constraint type_is_plain check (type ~ '^[a-z][a-z0-9_]{0,39}$'),
  constraint amount_is_not_zero check (amount <> 0),
  constraint text_is_short check (pg_catalog.length(text) <= 500)
);

create index claims_organisation_id_flagged_at_idx
  on accounting.claims (organisation_id, flagged_at)
  where flagged_at is not null;

comment on table accounting.claims is
  'Approved claims. One that is reserved by a run or exported can''t be edited or withdrawn.';
comment on column accounting.claims.reference is
  'What the ledger is asked for: unique in its organisation, never changes.';
comment on column accounting.claims.claimant_id is 'The app''s id of the person: a driver''s sub.';
comment on column accounting.claims.total is 'Equals the sum of the lines; checked at commit.';
comment on column accounting.claims.exported_at is 'When we learned that the claim is delivered.';
comment on column accounting.claims.exported_run_id is 'The run that delivered it.';
comment on column accounting.claims.flagged_at is
  'Somebody doubts whether it is in the ledger: not sent until asking has answered.';
comment on table accounting.claim_lines is 'The lines of a claim; they sum to its total.';
comment on column accounting.claim_lines.quantity is 'Kilometres, nights, persons; null: one.';
comment on column accounting.claim_lines.text is 'The claimant''s words. Never sent, never logged.';
