begin;
select plan(1);

-- given
select tests.organisation(1);
select tests.put_claim(tests.organisation_id(1), 1, '{"kind": "driver_honorarium"}');
-- when, then
select is(
  tests.verdict(tests.organisation_id(1), 1), 'feature_disabled',
  'an honorarium is not exported while nobody switched honoraria on'
);

select * from finish();
rollback;
