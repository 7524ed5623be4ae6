begin;
select plan(4);

-- given
select tests.organisation(1);
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
select results_eq(
  'select validity, needs_another_signer, language, retention_months, changed_at
    from api.declaration_rules()',
  $$ values ('each_version', false, 'nb', null::integer, null::timestamptz) $$,
  'the strictest until another is set'
);
-- when, then
select is(
  array(select tests.error_of(format('select *
    from api.set_declaration_rules(%L, %L, %L, %L, %L)', v, n, l, m, r)) ->> 'code'
    from (values ('forever', true, 'nb', 12, 'x'), (null, true, 'nb', 12, 'x'), ('once', null,
    'nb', 12, 'x'),
      ('once', true, 'norsk', 12, 'x'), ('once', true, 'nb', 0, 'x'), ('once', true,
      'nb', 12, ' ')) as a (v, n, l, m, r)),
  array['AX041', 'AX041', 'AX041', 'AX041', 'AX041', 'AX017'],
  'nothing else is a rule, and a reason is given'
);
select results_eq(
  $$ select validity, needs_another_signer, language, retention_months
    from api.set_declaration_rules('once', true, 'nn', 120, 'board 12/2026') $$,
  $$ values ('once', true, 'nn', 120) $$, 'a rule is set'
);
select tests.sign_in(tests.organisation_id(), 'coordinator');
select throws_ok($$ select * from api.set_declaration_rules('once', true, 'nn', 120,
  'x') $$, 'AX009', null,
  'by an organisation_admin alone');

select * from finish();
rollback;
