begin;
select plan(6);

-- given
select tests.organisation(1);
select tests.declare(tests.organisation_id(), 0, 'nb', 'both');
select tests.sign_in_driver(tests.organisation_id());
create temp table shown as select * from api.current_declaration();
-- when
create temp table answer as select a.* from shown as s, api.acknowledge_declaration(
  s.template_id, s.version, s.content_sha256, 'Kari E.', 'app') as a;
-- then
select results_eq(
  'select template_id, version, language, content_sha256, way_of_acknowledging, acknowledged_until
    from answer',
  $$ select template_id, version, language, content_sha256, 'both', null::date from shown $$,
  'the receipt says what was acknowledged'
);
select results_eq(
  'select is_acknowledged, acknowledged_at, acknowledged_version, acknowledged_until,
      acknowledged_language, acknowledged_sha256
    from api.current_declaration()',
  $$ select true, acknowledged_at, 1, null::date, 'nb', content_sha256 from answer $$,
  'the declaration says so from then on'
);
reset role;
select results_eq(
  $$ select driver_id, act_no, act, template_id, language, version, way_of_acknowledging,
    content_sha256,
    channel, acted_at, acted_on from accounting.declaration_acknowledgements $$,
  $$ select 'person-1', 1, 'acknowledged', s.template_id, 'nb', 1, 'both', s.content_sha256, 'app',
    accounting.clock(), tests.day() from shown as s $$, 'the act is on record'
);
select results_eq(
  'select content, typed_name, erased_at from accounting.declaration_texts',
  $$ select 'I, Kari Eksempel, tell nobody.', 'Kari E.', null::timestamptz $$,
  'and the text, apart from it'
);
select is(
  (select string_agg(column_name, ', ') from information_schema.columns
    where table_schema = 'accounting' and table_name = 'declaration_acknowledgements'
      and column_name ~ 'name|content$|text'), null, 'the act itself holds nothing of it'
);
select is((select count(*)::integer from accounting.export_runs), 0, 'the trail has none of it');

select * from finish();
rollback;
