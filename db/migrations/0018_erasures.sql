-- Erasing a person: names, ids and texts go where they are; references, sums, hashes, dates and the
-- trail stay, and each erasure leaves a row that says on what ground it was done, and of whom nothing.

alter table accounting.organisations
  add column retention_months integer not null default 72,
  add constraint retention_months_is_sensible check (retention_months between 0 and 600);

create table accounting.erasures (
  organisation_id uuid not null references accounting.organisations (id),
  id uuid not null default pg_catalog.gen_random_uuid(),
  ground text not null,
  reference text not null,
  erased_by text not null,
  erased_at timestamptz not null default accounting.clock(),
  retention_months integer not null,
  claim_count integer not null,
  line_text_count integer not null,
  input_count integer not null,
  file_count integer not null,
  declaration_act_count integer not null,
  primary key (organisation_id, id),
  constraint ground_is_known check (ground in ('request', 'retention')),
  constraint reference_is_given check (reference ~ '\S' and pg_catalog.length(reference) <= 500),
  constraint erased_by_is_somebody
    check (erased_by ~ '\S' and pg_catalog.length(erased_by) <= 200),
  constraint something_was_erased check (claim_count + declaration_act_count > 0),
  constraint counts_are_not_negative check (
    least(claim_count, line_text_count, input_count, file_count, declaration_act_count) >= 0
  )
);

-- Deferred: what was counted while erasing is written last, and never changed.
alter table accounting.claims
  alter column claimant_id drop not null,
  alter column claimant_name drop not null,
  add column erasure_id uuid,
  add constraint erased_by_an_erasure foreign key (organisation_id, erasure_id)
    references accounting.erasures (organisation_id, id) deferrable initially deferred,
  add constraint claimant_is_named_until_erased check (
    (claimant_id is null) = (erasure_id is not null)
    and (claimant_name is null) = (erasure_id is not null)
  );

-- What was erased can't be sent: a run whose input lacks names has ended for good.
alter table accounting.export_requests
  add column input_erased_at timestamptz,
  add constraint only_an_ended_runs_input_is_erased check (
    input_erased_at is null or (ended_at is not null and frozen_input is not null)
  );


create index claims_kept_since_idx
  on accounting.claims (organisation_id, (coalesce(exported_at, updated_at)), id)
  where erasure_id is null;

comment on column accounting.organisations.retention_months is
  'For how many months after its delivery a claim keeps its person''s data. The default is five years '
  'after the end of any accounting year that it was delivered in.';
comment on table accounting.erasures is
  'Each erasure of personal data: when, by whom, on what ground, how much. Append-only; names nobody.';
comment on column accounting.erasures.ground is
  'request: a person asked for it; retention: the time for which it was kept had ended.';
comment on column accounting.erasures.reference is
  'Where the organisation has the case: a number, never a name.';
comment on column accounting.erasures.erased_by is
  'The name that was given to the command, or the database login.';
comment on column accounting.erasures.retention_months is 'What the organisation''s was then.';
comment on column accounting.erasures.line_text_count is 'Texts of claims'' lines.';
comment on column accounting.erasures.input_count is 'Frozen inputs that the claims were taken out of.';
comment on column accounting.erasures.file_count is 'Files whose content was erased.';
comment on column accounting.erasures.declaration_act_count is
  'What a driver acknowledged or withdrew: kept under the erasure''s id, without texts.';
comment on column accounting.declaration_acknowledgements.driver_id is
  'The driver''s sub, which claims have as claimant_id; erased- and the erasure''s id once it was erased.';
comment on column accounting.claims.claimant_id is
  'The app''s id of the person: a driver''s sub; null: erased.';
comment on column accounting.claims.claimant_name is 'Null: erased.';
comment on column accounting.claims.erasure_id is
  'What erased it. Claims that were erased together on a person''s request were one person''s; null: '
  'it has its person''s data.';
comment on column accounting.export_requests.frozen_input is
  'Claims, mappings, settings and mapper version as they were: what is sent is computed from it '
  'alone. Holds personal data, until a claim''s person is erased.';
comment on column accounting.export_requests.input_sha256 is
  'SHA-256 of frozen_input, hex, as it was when the run was made; stays when persons are erased.';
comment on column accounting.export_requests.input_erased_at is
  'When persons were first erased from frozen_input; null: it is as it was sent.';

alter table accounting.erasures enable row level security;
