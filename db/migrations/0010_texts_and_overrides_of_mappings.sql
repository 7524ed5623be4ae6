-- What an organisation may say of an expense type beside its account: a word for people, and what is
-- different for a kind of claim.

alter table accounting.account_mappings
  add column label text,
  add column by_kind jsonb not null default '{}',
  add constraint label_is_short check (label ~ '\S' and pg_catalog.length(label) <= 60),
  add constraint by_kind_is_an_object check (pg_catalog.jsonb_typeof(by_kind) = 'object');

comment on column accounting.account_mappings.label is
  'What stands for the expense type in texts: Kilometergodtgjørelse; null: the type itself.';
comment on column accounting.account_mappings.by_kind is
  'By kind of claim: account, tax_code, label, dimensions that take the place of the row''s own.';
comment on column accounting.claim_lines.text is
  'The claimant''s words. Never logged, and sent only where the organisation''s line_text says so.';
