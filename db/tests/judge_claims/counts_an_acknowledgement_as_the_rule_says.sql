begin;
select plan(6);

-- given: version 2 comes into force in 100 days
select tests.organisation(1);
select tests.switch_honoraria(tests.organisation_id());
select tests.honorarium(tests.organisation_id(), 1, '{99}');
select tests.honorarium(tests.organisation_id(), 2, '{100}');
select tests.honorarium(tests.organisation_id(), 3, '{364}');
select tests.honorarium(tests.organisation_id(), 4, '{366}');
select tests.declare(tests.organisation_id());
select tests.acknowledge(tests.organisation_id());
select tests.declare(tests.organisation_id(), 100);
create function pg_temp.verdicts () returns text language sql as $$
  select string_agg(case j.verdict when 'exportable' then 'yes' else j.verdict end, ', ')
  from accounting.judge_claims(tests.organisation_id(), tests.claim_ids(1, 2, 3, 4)) as j;
$$;
-- when, then
select is(
  pg_temp.verdicts(), 'yes, declaration_missing, declaration_missing, declaration_missing',
  'without a rule an acknowledgement counts while its version is in force'
);
select tests.set_rule(tests.organisation_id(), 'once');
select is(pg_temp.verdicts(), 'yes, yes, yes, yes', 'once is for good');
select tests.set_rule(tests.organisation_id(), 'yearly');
select is(pg_temp.verdicts(), 'yes, yes, yes, declaration_missing', 'yearly is for a year');
select tests.set_rule(tests.organisation_id(), 'each_version');
select is(
  pg_temp.verdicts(), 'yes, declaration_missing, declaration_missing, declaration_missing',
  'each_version ends the day before the next version'
);
select matches(
  tests.verdict_detail(tests.organisation_id(), 2), '^version 2 \(nb\)',
  'which is named'
);
select is(
  (select count(*)::integer from accounting.declaration_rules), 3,
  'what was set before stays on record'
);

select * from finish();
rollback;
