-- Files as an accounting system of their own: an organisation without a usable API has its vouchers
-- written into a file, which a person imports. There is nothing to call, so no address and no secret.

alter table accounting.integrations
  alter column endpoint drop not null,
  alter column credential_ref drop not null,
  add constraint endpoint_is_there_unless_a_file_is_written
    check ((system = 'file') = (endpoint is null)),
  add constraint credential_is_there_unless_a_file_is_written
    check ((system = 'file') = (credential_ref is null));

alter table accounting.export_requests
  alter column endpoint drop not null,
  add constraint endpoint_is_there_unless_a_file_is_written
    check ((system = 'file') = (endpoint is null));

create table accounting.export_files (
  organisation_id uuid not null,
  run_id uuid not null,
  batch_key text not null,
  name text not null,
  format text not null,
  claim_ids uuid[] not null,
  content bytea,
  sha256 text not null,
  bytes integer not null,
  other_content bytea,
  other_sha256 text not null,
  created_at timestamptz not null default accounting.clock(),
  erased_at timestamptz,
  primary key (organisation_id, run_id),
  foreign key (organisation_id, run_id)
    references accounting.export_requests (organisation_id, run_id),
  constraint a_batch_is_written_once unique (organisation_id, batch_key),
  constraint a_name_is_given_once unique (organisation_id, name),
  constraint format_is_known check (format in ('xledger_gl_csv', 'csv', 'json')),
  constraint name_holds_the_batch_key check (
    name ~ '^[A-Z][A-Z0-9]{0,5}-[0-9A-F]{20}\.[a-z.]+$'
    and pg_catalog.strpos(name, '-' || pg_catalog.upper(pg_catalog.left(batch_key, 20)) || '.') > 0
  ),
  constraint name_ends_as_its_format check (
    pg_catalog.substr(name, pg_catalog.strpos(name, '.'))
      = case format when 'xledger_gl_csv' then '.gl.csv' when 'csv' then '.csv' else '.json' end
  ),
  constraint claims_are_in_it check (
    pg_catalog.cardinality(claim_ids) > 0
    and pg_catalog.array_position(claim_ids, null) is null
  ),
  constraint sha256_is_of_the_content check (
    sha256 ~ '^[0-9a-f]{64}$'
    and (content is null or sha256 = pg_catalog.encode(pg_catalog.sha256(content), 'hex'))
  ),
  constraint bytes_are_counted check (
    bytes > 0 and (content is null or bytes = pg_catalog.octet_length(content))
  ),
  constraint other_sha256_is_of_the_other_content check (
    other_sha256 ~ '^[0-9a-f]{64}$'
    and (
      other_content is null
      or other_sha256 = pg_catalog.encode(pg_catalog.sha256(other_content), 'hex')
    )
  ),
  constraint content_is_there_until_erased check (
    (content is null) = (erased_at is not null)
    and (other_content is null) = (erased_at is not null)
  )
);

comment on column accounting.integrations.endpoint is
  'Base address of the system''s API. https; http only where the dispatcher allows private '
  'addresses. Null: system file, which calls nobody.';
comment on column accounting.integrations.credential_ref is
  'The name under which the dispatcher finds the secret. Never the secret. Null: system file.';
comment on column accounting.export_requests.endpoint is
  'As first sent; asked there too. Null: system file.';
comment on table accounting.export_files is
  'The files of system file: one per run and batch key, never rewritten. Holds personal data.';
comment on column accounting.export_files.batch_key is
  'The run''s. Unique: whoever writes the batch a second time meets the first file.';
comment on column accounting.export_files.name is
  'Deterministic: the organisation''s prefix and the first 20 digits of the batch key.';
comment on column accounting.export_files.format is 'The layout of content: docs/file-export.md.';
comment on column accounting.export_files.claim_ids is 'The claims whose vouchers are in it.';
comment on column accounting.export_files.content is 'Its bytes; null: erased.';
comment on column accounting.export_files.sha256 is 'SHA-256 of content, hex; stays when it is erased.';
comment on column accounting.export_files.bytes is 'Length of content.';
comment on column accounting.export_files.other_content is
  'The same vouchers in the other type: JSON beside CSV, CSV beside JSON; null: erased.';
comment on column accounting.export_files.other_sha256 is 'SHA-256 of other_content, hex.';
comment on column accounting.export_files.erased_at is
  'When the contents were erased with a person''s data; null: they are there.';

-- What a function must return whose answer's type depends on what the caller accepts.
create domain api."*/*" as bytea;
comment on domain api."*/*" is 'Bytes of a type that the function itself tells: text/csv or application/json.';

alter table accounting.export_files enable row level security;
