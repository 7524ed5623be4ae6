begin;
select plan(5);

-- given
select tests.organisation_with_claims(1);
select tests.honorarium(tests.organisation_id(), 2);
select tests.organisation(2);
select tests.honorarium(tests.organisation_id(2), 2);
select tests.declare(tests.organisation_id());
select tests.declare(tests.organisation_id(2));
select tests.switch_honoraria(tests.organisation_id());
select tests.switch_honoraria(tests.organisation_id(2));
-- when, then
select is(
  tests.verdict(tests.organisation_id(), 2), 'declaration_missing',
  'the driver has not declared'
);
select tests.acknowledge(tests.organisation_id());
select is(tests.verdict(tests.organisation_id(), 2), 'exportable', 'the driver has');
select is(tests.verdict(tests.organisation_id(2), 2), 'declaration_missing',
  'but not in the other organisation, where the driver has the same id');
select tests.switch_honoraria(tests.organisation_id(), false);
select is(
  tests.verdict(tests.organisation_id(), 2), 'feature_disabled',
  'honoraria are switched off'
);
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'everything else goes on');

select * from finish();
rollback;
