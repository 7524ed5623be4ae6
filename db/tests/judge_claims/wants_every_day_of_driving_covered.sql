begin;
select plan(4);

-- given
select tests.organisation(1);
select tests.switch_honoraria(tests.organisation_id());
select tests.declare(tests.organisation_id());
select tests.honorarium(tests.organisation_id(), 1, '{1,2,3}');
select tests.honorarium(tests.organisation_id(), 2, '{0,1}');
select tests.honorarium(tests.organisation_id(), 3, '{1}');
-- when
select tests.move_clock('1 day');
select tests.acknowledge(tests.organisation_id());
-- then: days were counted from the day before
select is(
  tests.verdict(tests.organisation_id(), 1), 'exportable',
  'all days are from the acknowledgement on'
);
select is(tests.verdict(tests.organisation_id(), 2), 'declaration_missing', 'one day is before it');
select is(tests.verdict(tests.organisation_id(), 3), 'exportable', 'its own day counts');
select matches(
  tests.verdict_detail(tests.organisation_id(), 2), tests.day(-1) || '$',
  'the day that lacks it is named'
);

select * from finish();
rollback;
