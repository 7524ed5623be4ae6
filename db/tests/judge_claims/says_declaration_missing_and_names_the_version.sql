begin;
select plan(4);

-- given
select tests.organisation(1);
select tests.switch_honoraria(tests.organisation_id());
select tests.honorarium(tests.organisation_id(), 1, '{0}');
select tests.honorarium(tests.organisation_id(), 2, '{-1,0}');
select tests.honorarium(tests.organisation_id(), 3, '{0}', 'person-2');
select is(
  tests.verdict_detail(tests.organisation_id(), 1),
  'no version of the declaration was in force on ' || tests.day(),
  'there is nothing to acknowledge yet'
);
-- when
select tests.declare(tests.organisation_id(), 0, 'en');
select tests.declare(tests.organisation_id(), 0, 'nb');
select tests.acknowledge(tests.organisation_id(), 'person-2');
-- then
select is(
  tests.verdict_detail(tests.organisation_id(), 1),
  'version 1 (nb) of the declaration is needed: the driver has acknowledged none that counts on '
    || tests.day(),
  'the version in the organisation''s language is named'
);
select is(
  tests.verdict(tests.organisation_id(), 3), 'exportable',
  'who has acknowledged it may be paid'
);
select is(
  tests.verdict_detail(tests.organisation_id(), 2),
  'no version of the declaration was in force on ' || tests.day(-1), 'the first day is named'
);

select * from finish();
rollback;
