begin;
select plan(6);

-- given: a draft, a version, and an organisation_admin whose token says nobody's sub
select tests.organisation(1);
select tests.declare(tests.organisation_id());
select accounting.put_declaration_template(
  tests.organisation_id(), 'nb', 'Text two.', 'tick_box', 'author-1'
);
create temp table draft on commit drop as
  select t.id, t.version, t.body_sha256 from accounting.declaration_templates as t
  where t.state = 'draft';
grant select on draft to public;
select set_config('request.jwt.claims', jsonb_build_object(
  'role', 'authenticated', 'organisation_id', tests.organisation_id(), 'app_role', 'organisation_admin'
)::text, true);
set local role authenticated;
-- when, then
select throws_ok($$
  select api.sign_off_declaration_template(d.id, d.version, d.body_sha256, 'tick_box', 'board 1/2026')
  from draft as d
$$, 'AX009', null, 'signs off');
select throws_ok(
  $$ select api.put_declaration_template('nb', 'Text.', 'tick_box') $$, 'AX009', null, 'writes'
);
select throws_ok($$
  select api.publish_declaration_template(d.id, d.version, current_date) from draft as d
$$, 'AX009', null, 'publishes');
select throws_ok($$
  select api.accept_declaration_version(d.id, d.version, current_date, 'reason') from draft as d
$$, 'AX009', null, 'accepts an older version');
select throws_ok(
  $$ select api.set_declaration_rules('once', false, 'nb', null, 'reason') $$, 'AX009', null,
  'sets rules'
);
select throws_ok(
  $$ select api.set_feature_flag('driver_honorarium', true, 'reason') $$, 'AX009', null,
  'switches honoraria on'
);

select * from finish();
rollback;
