-- Pins the shape: what the public contract names, what the guard and the trail stand on, and who
-- may reach what. A change here is a change of a promise.
begin;
select plan(68);

-- Tables and columns of the contract.
select has_schema('accounting');
select has_schema('api');
select tables_are('accounting', array[
  'organisations', 'integrations', 'account_mappings', 'claims', 'claim_lines', 'export_requests',
  'claim_reservations', 'claim_questions', 'export_runs', 'audit_heads', 'database_identity',
  'follow_ups', 'integration_checks', 'integration_resumptions', 'export_files', 'feature_flags',
  'feature_flag_changes', 'declaration_templates', 'declaration_acceptances', 'declaration_rules',
  'declaration_acknowledgements', 'declaration_texts', 'erasures'
], 'schema accounting has these tables');
select tables_are('api', array[]::name[], 'schema api has no table of its own');

create temporary table promised (object text, columns text[]) on commit drop;
insert into promised values
  ('organisations', '{id, name, organisation_number, reference_prefix}'),
  ('integrations', '{organisation_id, system, endpoint, credential_ref, settings, is_enabled,
    paused_at, paused_reason, max_attempts, base_delay_ms, max_delay_ms, lease_ms,
    send_timeout_ms, remote_max_ms, quarantine_ms, max_concurrency}'),
  ('account_mappings', '{organisation_id, expense_type, account, tax_code, dimensions}'),
  ('claims', '{organisation_id, id, reference, kind, state, claimant_id, claimant_name, currency,
    total, exported_at, exported_run_id, flagged_at, flagged_reason}'),
  ('claim_lines', '{organisation_id, claim_id, type, date, amount, quantity, text}'),
  ('export_requests', '{organisation_id, run_id, claim_ids, state, request_key, batch_key,
    frozen_input, input_sha256, attempt_no, charged_attempts, lease_id, lease_expires_at}'),
  ('claim_reservations', '{organisation_id, run_id, claim_id, verdict, outcome, external_ids,
    error, released_at}'),
  ('export_runs', '{organisation_id, seq, id, run_id, kind, outcome, is_late, attempt_no,
    claim_ids, http_status, error_message, external_ids, wire_sha256, mapper_version, actor,
    started_at, recorded_at, previous_hash, hash}'),
  ('audit_heads', '{organisation_id, seq, hash}'),
  ('export_files', '{organisation_id, run_id, batch_key, name, format, content, sha256, bytes,
    created_at}');
select is(
  array(
    select p.object || '.' || c.name
    from promised as p
    cross join unnest(p.columns) as c (name)
    where not exists (
      select
      from pg_catalog.pg_attribute as a
      where a.attrelid = ('accounting.' || p.object)::regclass
        and a.attname = c.name
        and not a.attisdropped
    )
  ),
  '{}',
  'every column that the contract names is there'
);
select is(
  array(
    select t.relname::text
    from pg_catalog.pg_class as t
    where t.relnamespace = 'accounting'::regnamespace
      and t.relkind = 'r'
      and t.relname not in ('organisations', 'migrations', 'database_identity')
      and not exists (
        select
        from pg_catalog.pg_index as i
        join pg_catalog.pg_attribute as a on a.attrelid = t.oid and a.attnum = i.indkey[0]
        where i.indrelid = t.oid and i.indisprimary and a.attname = 'organisation_id'
      )
  ),
  '{}',
  'every primary key begins with organisation_id'
);

-- Views: exactly these columns, in this order.
select views_are('api', array[
  'declaration_templates', 'erasures', 'export_attention', 'export_claims', 'export_requests',
  'export_runs', 'export_status', 'feature_flags', 'integration_resumptions'
], 'schema api has these views');
select is(
  (
    select string_agg(a.attname, ', ' order by a.attnum)
    from pg_catalog.pg_attribute as a
    where a.attrelid = ('api.' || v.name)::regclass and a.attnum > 0
  ),
  regexp_replace(v.columns, '\s+', ' ', 'g'),
  'the columns of api.' || v.name
)
from (values
  ('export_requests', 'run_id, organisation_id, state, claim_ids, requested_by, requested_at'),
  ('export_status', 'run_id, organisation_id, system, integration_status, total_claims,
    success_count, failure_count, skipped_count, attempts, requested_by, requested_at,
    exported_at, next_attempt_at, last_http_status, last_error'),
  ('export_claims', 'organisation_id, run_id, claim_id, reference, verdict, outcome, external_id,
    error, exported_at, booked_at, fault, amount, currency'),
  ('integration_resumptions', 'organisation_id, system, paused_at, paused_reason, resumed_at,
    resumed_by, evidence'),
  ('export_attention', 'organisation_id, kind, run_id, claim_id, since, reason, action'),
  ('export_runs', 'organisation_id, seq, id, run_id, kind, outcome, is_late, attempt_no,
    claim_ids, http_status, error_message, external_ids, wire_sha256, mapper_version, actor,
    started_at, recorded_at'),
  ('erasures', 'organisation_id, erasure_id, erased_at, erased_by, ground, reference,
    retention_months, claim_count, line_text_count, input_count, file_count, declaration_act_count'),
  ('feature_flags', 'organisation_id, name, is_enabled'),
  ('declaration_templates', 'organisation_id, template_id, language, version, state,
    way_of_acknowledging, body, body_sha256, problems, authors, edited_at, signed_off_at,
    signed_off_by, sign_off_reference, published_at, published_by, valid_from, valid_until,
    accepted_until')
) as v (name, columns);
select is(
  array(
    select relname::text from pg_catalog.pg_class
    where relnamespace = 'api'::regnamespace and relkind = 'v'
      and coalesce(reloptions @> '{security_invoker=true}', false) is false
  ),
  '{}',
  'every view runs with its caller''s rights'
);

-- What is callable, and what it takes and gives.
select is(
  (
    select pg_catalog.pg_get_function_result(p.oid) from pg_catalog.pg_proc as p
    where p.oid = f.signature::regprocedure
  ),
  f.result,
  f.signature || ' returns what the contract says'
)
from (values
  ('api.put_claims(jsonb)', 'TABLE(claim_id uuid, reference text, result text)'),
  ('api.check_export(uuid[],uuid)',
    'TABLE(claim_id uuid, reference text, verdict text, detail text, run_id uuid)'),
  ('api.get_export_status(uuid,integer)',
    'TABLE("runId" uuid, "exportedAt" timestamp with time zone, "totalClaims" integer, '
    '"successCount" integer, "failureCount" integer, "integrationStatus" text)'),
  ('api.verify_audit_trail()',
    'TABLE(is_valid boolean, rows_checked bigint, first_bad_seq bigint, reason text)'),
  ('api.reconcile_export(uuid)', 'TABLE(run_id uuid, integration_status text)'),
  ('api.resolve_export(uuid,text,text,jsonb)', 'TABLE(run_id uuid, integration_status text)'),
  ('api.void_export(uuid,uuid[],text)', 'TABLE(run_id uuid, voided_count integer)'),
  ('api.cancel_export(uuid)', 'TABLE(run_id uuid, integration_status text)'),
  ('api.flag_claims(uuid[],text)', 'TABLE(claim_id uuid, flagged_at timestamp with time zone)'),
  ('api.confirm_import(uuid,text)', 'TABLE(run_id uuid, integration_status text)'),
  ('api.export_file(uuid)', 'api."*/*"'),
  ('api.set_feature_flag(text,boolean,text)',
    'TABLE(name text, is_enabled boolean, changed_at timestamp with time zone)'),
  ('api.current_declaration()',
    'TABLE(template_id uuid, version integer, language text, content text, content_html text, '
    'content_sha256 text, way_of_acknowledging text, valid_from date, is_acknowledged boolean, '
    'acknowledged_at timestamp with time zone, acknowledged_version integer, '
    'acknowledged_until date, acknowledged_language text, acknowledged_sha256 text)'),
  ('api.acknowledge_declaration(uuid,integer,text,text,text)',
    'TABLE(template_id uuid, version integer, language text, content_sha256 text, '
    'way_of_acknowledging text, acknowledged_at timestamp with time zone, '
    'acknowledged_until date)'),
  ('api.declaration_record(text,date,date)',
    'TABLE(act text, acted_at timestamp with time zone, template_id uuid, language text, '
    'version integer, valid_from date, way_of_acknowledging text, channel text, content text, '
    'content_sha256 text, is_hash_right boolean, typed_name text, '
    'erased_at timestamp with time zone, signed_off_by text, '
    'signed_off_at timestamp with time zone, sign_off_reference text, body_sha256 text, '
    'counts_until date)'),
  ('api.resume_integration(text,text)', 'TABLE(system text, is_resumed boolean)'),
  ('api.find_exports(text,integer,uuid)',
    'TABLE(run_id uuid, claim_id uuid, reference text, external_id text, matched_by text, '
    'integration_status text, requested_at timestamp with time zone)'),
  ('accounting.sanitise_error(text)', 'text'),
  ('accounting.is_organisation_number(text)', 'boolean')
) as f (signature, result);
select functions_are('api', array[
  'accept_declaration_version', 'acknowledge_declaration', 'cancel_export', 'check_export',
  'confirm_import', 'current_declaration', 'declaration_record', 'declaration_rules', 'export_file',
  'find_exports', 'flag_claims', 'get_export_status', 'missing_declarations', 'preview_declaration',
  'publish_declaration_template', 'put_claims', 'put_declaration_template', 'reconcile_export',
  'resolve_export', 'resume_integration', 'set_declaration_rules', 'set_feature_flag',
  'sign_off_declaration_template', 'tg_export_requests__request_export', 'verify_audit_trail',
  'void_export', 'withdraw_acknowledgement'
], 'schema api has these functions');

-- The guard and the queue.
select is(
  (select pg_catalog.pg_get_indexdef(x.name::regclass)),
  regexp_replace(x.definition, '\s+', ' ', 'g'),
  x.why
)
from (values
  ('accounting.claim_reservations_live_idx',
    'CREATE UNIQUE INDEX claim_reservations_live_idx ON accounting.claim_reservations
    USING btree (organisation_id, claim_id)
    WHERE ((verdict = ''exportable''::text) AND (released_at IS NULL))',
    'a claim has at most one live reservation: the unique index is the guard'),
  ('accounting.export_runs_claim_ids_idx',
    'CREATE INDEX export_runs_claim_ids_idx ON accounting.export_runs
    USING gin (claim_ids) WITH (fastupdate=off)
    WHERE (outcome = ANY (ARRAY[''accepted''::text, ''found''::text, ''booked_by_hand''::text,
    ''voided''::text]))',
    'acceptance 8: the GIN index on claim_ids exists, partial and without a pending list')
) as x (name, definition, why);
select index_is_unique(
  'accounting', 'export_requests', 'export_requests_organisation_id_request_key_idx',
  'a request key meets the run that has not ended'
);
select index_is_unique(
  'accounting', 'integrations', 'integrations_organisation_id_enabled_idx',
  'an organisation has at most one enabled integration'
);
select index_is_unique(
  'accounting', 'export_runs', 'export_runs_recorded_once_idx', 'the same row is recorded once'
);
select col_is_unique(
  'accounting', 'claims', array['organisation_id', 'reference'],
  'a reference is unique in its organisation'
);
select col_is_pk(
  'accounting', 'export_runs', array['organisation_id', 'seq'],
  'the trail is numbered by organisation'
);
select fk_ok(
  'accounting', 'claim_reservations', array['organisation_id', 'run_id'],
  'accounting', 'export_requests', array['organisation_id', 'run_id']
);
select is(
  array(
    select k.conname::text from pg_catalog.pg_constraint as k
    where k.conrelid = 'accounting.claim_reservations'::regclass
      and k.confrelid = 'accounting.claims'::regclass
  ),
  '{}',
  'a reservation may name a claim that is not known: no foreign key'
);

-- Triggers.
select triggers_are('accounting', 'export_runs', array[
  'refuse_delete', 'refuse_truncate', 'refuse_update', 'seal'
], 'the trail has these triggers');
select triggers_are('accounting', 'erasures', array[
  'refuse_delete', 'refuse_truncate', 'refuse_update', 'sanitise'
], 'what was erased stays told');
select triggers_are('accounting', 'claims', array[
  'keep_what_is_erased', 'keep_what_is_reserved', 'lines_sum_to_total'
], 'claims have these triggers');
select triggers_are('accounting', 'audit_heads', array[
  'move_by_one', 'refuse_delete', 'refuse_truncate'
], 'the heads have these triggers');
select triggers_are('accounting', t.name, array['refuse_delete', 'refuse_truncate', 'refuse_update'],
  t.name || ' is append-only')
from unnest(array[
  'feature_flag_changes', 'declaration_acceptances', 'declaration_rules'
]::name[]) as t (name);
select triggers_are('accounting', 'declaration_acknowledgements', array[
  'erase_alone', 'refuse_delete', 'refuse_truncate', 'refuse_update'
], 'what drivers did is append-only, but for who it was');
select is(
  array(
    select c.oid::regclass::text
    from pg_catalog.pg_class as c
    where c.relnamespace = 'api'::regnamespace
      and c.relkind = 'v'
      -- Insert, update and delete: rights are looked at only where they could be done.
      and pg_catalog.pg_relation_is_updatable(c.oid, true) & 28 <> 28
      and c.relname <> 'export_requests'
  ),
  '{}',
  'whoever writes to a view is asked for the right, not told that it can''t be written'
);
select is(
  array(
    select t.tgrelid::regclass || '.' || t.tgname from pg_catalog.pg_trigger as t
    where (
        t.tgrelid in (
          'accounting.export_runs'::regclass, 'accounting.audit_heads'::regclass,
          'accounting.feature_flags'::regclass, 'accounting.feature_flag_changes'::regclass,
          'accounting.declaration_templates'::regclass,
          'accounting.declaration_acceptances'::regclass,
          'accounting.declaration_rules'::regclass,
          'accounting.declaration_acknowledgements'::regclass,
          'accounting.declaration_texts'::regclass
        )
        or t.tgname like 'refuse\_%'
      )
      and not t.tgisinternal
      and t.tgenabled <> 'A'
  ),
  '{}',
  'the triggers of the trail and of histories fire always, also for a replica'
);
select is(
  array(
    select t.tgname::text from pg_catalog.pg_trigger as t
    where t.tgrelid = 'accounting.export_runs'::regclass
      and t.tgname like 'refuse%'
      and t.tgtype & 1 <> 0
  ),
  '{}',
  'refusing is done per statement: a row trigger lets a change of no rows pass'
);

select triggers_are('accounting', 'integration_resumptions', array[
  'refuse_delete', 'refuse_truncate', 'refuse_update', 'sanitise'
], 'who resumed an integration is kept as it was written');

-- Rights.
select is(
  array(
    select c.relname::text from pg_catalog.pg_class as c
    where c.relnamespace = 'accounting'::regnamespace
      and c.relkind in ('r', 'p')
      and not c.relrowsecurity
  ),
  '{}',
  'row level security is on for every table'
);
select is(
  array(
    select p.oid::regprocedure::text
    from pg_catalog.pg_proc as p
    where p.pronamespace in ('accounting'::regnamespace, 'api'::regnamespace)
      and coalesce(p.proconfig @> array['search_path=pg_catalog, pg_temp'], false) is false
  ),
  '{}',
  'every function searches pg_catalog, and temporary objects last'
);
select is(
  array(
    select p.oid::regprocedure::text
    from pg_catalog.pg_proc as p
    where p.pronamespace in ('accounting'::regnamespace, 'api'::regnamespace)
      and (p.proacl is null or p.proacl::text ~ '[{,]=X')
  ),
  '{}',
  'no function can be executed by everybody'
);
select set_eq(
  $$
    select replace(p.oid::regprocedure::text, '"', '')
    from pg_catalog.pg_proc as p
    where p.pronamespace in ('accounting'::regnamespace, 'api'::regnamespace)
      and p.prosecdef
  $$,
  array[
    'accounting.apply_organisation(jsonb)',
    'accounting.booked_claims(uuid,text[])',
    'accounting.can_read_exports()',
    'accounting.can_read_flags()',
    'accounting.can_write_declarations()',
    'accounting.check_sum_of_lines(uuid,uuid)',
    'accounting.freeze(text,interval)',
    'accounting.hand_back(uuid,uuid,uuid,integer)',
    'accounting.integration_to_check(text,text)',
    'accounting.judge_claims(uuid,uuid[])',
    'accounting.lease_runs(text,integer)',
    'accounting.list_credential_refs()',
    'accounting.next_wake_up_ms()',
    'accounting.record_integration_check(jsonb,jsonb)',
    'accounting.read_vault_secret(text)',
    'accounting.record_results(jsonb)',
    'accounting.record_follow_up(jsonb)',
    'accounting.refuse_if_reserved(uuid,uuid)',
    'accounting.renew_lease(uuid,uuid,uuid)',
    'accounting.request_export(uuid,uuid[],text)',
    'accounting.resume_integration(uuid,text,text,text)',
    'accounting.run_to_preview(uuid,integer)',
    'accounting.start_attempt(uuid,uuid,uuid)',
    'accounting.start_question(uuid,uuid,uuid)',
    'accounting.start_follow_up(uuid,uuid)',
    'accounting.sweep(integer)',
    'accounting.tg_claim_lines__keep_what_is_reserved()',
    'accounting.tg_claim_lines__lines_sum_to_total()',
    'accounting.tg_claims__keep_what_is_reserved()',
    'accounting.tg_claims__lines_sum_to_total()',
    'accounting.tg_feature_flags__keep_history()',
    'accounting.tg_organisations__begin_with_all_off()',
    'accounting.token_organisation_id()',
    'api.accept_declaration_version(uuid,integer,date,text)',
    'api.acknowledge_declaration(uuid,integer,text,text,text)',
    'api.current_declaration()',
    'api.declaration_record(text,date,date)',
    'api.declaration_rules()',
    'api.missing_declarations(integer)',
    'api.preview_declaration(uuid,integer)',
    'api.publish_declaration_template(uuid,integer,date)',
    'api.put_declaration_template(text,text,text)',
    'api.set_declaration_rules(text,boolean,text,integer,text)',
    'api.set_feature_flag(text,boolean,text)',
    'api.sign_off_declaration_template(uuid,integer,text,text,text)',
    'api.withdraw_acknowledgement()',
    'api.cancel_export(uuid)',
    'api.check_export(uuid[],uuid)',
    'api.confirm_import(uuid,text)',
    'api.export_file(uuid)',
    'api.find_exports(text,integer,uuid)',
    'api.flag_claims(uuid[],text)',
    'api.put_claims(jsonb)',
    'api.reconcile_export(uuid)',
    'api.resolve_export(uuid,text,text,jsonb)',
    'api.resume_integration(text,text)',
    'api.tg_export_requests__request_export()',
    'api.verify_audit_trail()',
    'api.void_export(uuid,uuid[],text)'
  ],
  'only these functions run with their owner''s rights'
);
select set_eq(
  $$
    select p.oid::regprocedure::text
    from pg_catalog.pg_proc as p
    where p.pronamespace = 'accounting'::regnamespace
      and (
        has_function_privilege('authenticated', p.oid, 'execute')
        or has_function_privilege('service_role', p.oid, 'execute')
        or has_function_privilege('anon', p.oid, 'execute')
      )
  $$,
  array[
    'accounting.token_organisation_id()', 'accounting.can_read_exports()',
    'accounting.keep_estimates()', 'accounting.can_read_flags()',
    'accounting.can_write_declarations()', 'accounting.clock()'
  ],
  'of schema accounting, callers may execute only what policies and views call'
);
select set_eq(
  $$
    select p.proname::text
    from pg_catalog.pg_proc as p
    where p.pronamespace in ('accounting'::regnamespace, 'api'::regnamespace)
      and has_function_privilege('export_dispatcher', p.oid, 'execute')
  $$,
  array[
    'lease_runs', 'start_attempt', 'start_question', 'renew_lease', 'hand_back',
    'record_results', 'sweep', 'next_wake_up_ms', 'list_credential_refs', 'start_follow_up',
    'record_follow_up', 'read_vault_secret'
  ],
  'a dispatcher may execute its handful of functions and no other'
);

-- Words.
select is(
  array(
    select c.oid::regclass::text from pg_catalog.pg_class as c
    where c.relnamespace in ('accounting'::regnamespace, 'api'::regnamespace)
      and c.relkind in ('r', 'p', 'v')
      and c.relname <> 'migrations'
      and pg_catalog.obj_description(c.oid, 'pg_class') is null
  ),
  '{}',
  'every table and view says what it is'
);
select is(
  array(
    select p.oid::regprocedure::text from pg_catalog.pg_proc as p
    where p.pronamespace in ('accounting'::regnamespace, 'api'::regnamespace)
      and p.proname not like 'tg\_%'
      and pg_catalog.obj_description(p.oid, 'pg_proc') is null
  ),
  '{}',
  'every function says what it promises'
);

select is(
  array(
    select c.relname || '.' || a.attname
    from pg_catalog.pg_class as c
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
    where c.relnamespace = 'api'::regnamespace
      and not a.attisdropped
      and pg_catalog.col_description(c.oid, a.attnum) is null
    order by 1
  ),
  '{}',
  'every column of the API says what it is'
);
select is(
  array(
    select t.oid::regtype::text
    from pg_catalog.pg_type as t
    where t.typnamespace = 'api'::regnamespace
      and t.typtype not in ('c', 'b')
      and pg_catalog.obj_description(t.oid, 'pg_type') is null
  ),
  '{}',
  'and every type'
);

select * from finish();
rollback;
