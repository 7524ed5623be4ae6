-- All that the database knows of each accounting system, one row each: a new system adds its row
-- here, and no migration (docs/new-accounting-system.md).
--
-- mapper: the version that a run is frozen for, unless the settings name another.
-- most_lines: the lines of one claim that it books atomically, its limit less the liability line.
-- settings: by key [required or optional, JSON type, pattern]; docs/organisation-file.md describes
-- them, and each adapter's settings.ts reads the same.
create or replace function accounting.known_systems ()
  returns table (system text, mapper text, most_lines integer, settings jsonb)
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  values
    -- 100 operations in a $batch.
    ('business_central', 'business_central/2', 99, '{
      "company_id": ["required", "string",
        "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"],
      "token_url": ["required", "string", "^https?://[^/@\\s]+/\\S*$"],
      "liability_account": ["required", "string", "^[A-Za-z0-9.-]{1,20}$"],
      "journal_template": ["optional", "string", "^\\S.{0,9}$"],
      "currency": ["optional", "string", "^[A-Z]{3}$"],
      "post_journal": ["optional", "boolean", "^(true|false)$"],
      "mapper": ["optional", "string", "^business_central/[12]$"]
    }'::jsonb),
    -- 500 nodes in a mutation.
    ('xledger', 'xledger/2', 499, '{
      "liability_account": ["required", "string", "^[A-Za-z0-9.-]{1,20}$"],
      "owner_code": ["optional", "string", "^\\S.{0,24}$"],
      "transaction_source": ["optional", "string", "^[A-Z0-9]{1,10}$"],
      "job_level_sub_id": ["optional", "number", "^[0-9]{1,9}$"],
      "currency": ["optional", "string", "^[A-Z]{3}$"],
      "mapper": ["optional", "string", "^xledger/[12]$"]
    }'::jsonb),
    -- A file has room for any; so many can be imported by either of the others.
    ('file', 'file/1', 499, '{
      "format": ["required", "string", "^(xledger_gl_csv|csv|json)$"],
      "liability_account": ["required", "string", "^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$"],
      "currency": ["optional", "string", "^[A-Z]{3}$"],
      "voucher_type": ["optional", "string", "^[A-Z0-9]{1,8}$"],
      "posting_1": ["optional", "string", "^[A-Za-z][A-Za-z0-9_]{0,29}$"],
      "posting_2": ["optional", "string", "^[A-Za-z][A-Za-z0-9_]{0,29}$"],
      "posting_3": ["optional", "string", "^[A-Za-z][A-Za-z0-9_]{0,29}$"],
      "posting_4": ["optional", "string", "^[A-Za-z][A-Za-z0-9_]{0,29}$"],
      "posting_5": ["optional", "string", "^[A-Za-z][A-Za-z0-9_]{0,29}$"],
      "mapper": ["optional", "string", "^file/1$"]
    }'::jsonb);
$$;

comment on function accounting.known_systems() is
  'The accounting systems that an integration can name: what each takes at once, and its settings.';
