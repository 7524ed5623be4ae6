begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when, then
select ok(
  not accounting.hand_back(tests.organisation_id(), tests.run_of(1), gen_random_uuid()),
  'nothing to give back, and no error'
);
select is(
  (tests.run(tests.run_of(1))).lease_id, (select l.id from lease as l), 'the holder keeps it'
);

select * from finish();
rollback;
