-- What is wrong with an integration's settings: one sentence per problem, null if nothing. The keys
-- of each adapter are in docs/organisation-file.md.
create or replace function accounting.settings_problems (p_system text, p_settings jsonb)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  with known (system, key, pattern, is_required) as (
    values
      ('business_central', 'company_id',
        '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$', true),
      ('business_central', 'token_url', '^https?://[^/@\s]+/\S*$', true),
      ('business_central', 'liability_account', '^[A-Za-z0-9.-]{1,20}$', true),
      ('business_central', 'journal_template', '^\S.{0,9}$', false),
      ('business_central', 'currency', '^[A-Z]{3}$', false),
      ('business_central', 'mapper', '^business_central/1$', false),
      ('xledger', 'liability_account', '^[A-Za-z0-9.-]{1,20}$', true),
      ('xledger', 'owner_code', '^\S.{0,24}$', false),
      ('xledger', 'transaction_source', '^[A-Z0-9]{1,10}$', false),
      ('xledger', 'job_level_sub_id', '^[0-9]{1,9}$', false),
      ('xledger', 'currency', '^[A-Z]{3}$', false),
      ('xledger', 'mapper', '^xledger/1$', false),
      ('file', 'format', '^(xledger_gl_csv|csv|json)$', true),
      ('file', 'liability_account', '^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$', true),
      ('file', 'currency', '^[A-Z]{3}$', false),
      ('file', 'voucher_type', '^[A-Z0-9]{1,8}$', false),
      ('file', 'posting_1', '^[A-Za-z][A-Za-z0-9_]{0,29}$', false),
      ('file', 'posting_2', '^[A-Za-z][A-Za-z0-9_]{0,29}$', false),
      ('file', 'posting_3', '^[A-Za-z][A-Za-z0-9_]{0,29}$', false),
      ('file', 'posting_4', '^[A-Za-z][A-Za-z0-9_]{0,29}$', false),
      ('file', 'posting_5', '^[A-Za-z][A-Za-z0-9_]{0,29}$', false),
      ('file', 'mapper', '^file/1$', false)
  ),
  problem (text) as (
    select pg_catalog.format('%s is missing', k.key)
    from known as k
    where k.system = p_system
      and k.is_required
      and not p_settings OPERATOR(pg_catalog.?) k.key
    union all
    select pg_catalog.format('%s is not a setting of %s', s.key, p_system)
    from pg_catalog.jsonb_object_keys(p_settings) as s (key)
    where not exists (
      select from known as k where k.system = p_system and k.key = s.key
    )
    union all
    select pg_catalog.format('%s does not look right', k.key)
    from known as k
    where k.system = p_system
      and p_settings OPERATOR(pg_catalog.?) k.key
      and (
        (p_settings ->> k.key) !~ k.pattern
        or pg_catalog.jsonb_typeof(p_settings -> k.key)
          <> case k.key when 'job_level_sub_id' then 'number' else 'string' end
      ) is not false
  )
  select pg_catalog.string_agg(problem.text, '; ' order by problem.text)
  from problem;
$$;

comment on function accounting.settings_problems(text, jsonb) is
  'What is wrong with the settings of an integration, in words; null: nothing.';
