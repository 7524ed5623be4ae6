begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.move_clock('9 s');

-- when
create temp table renewed as
select accounting.renew_lease(tests.organisation_id(), tests.run_of(1), l.id) as ms from lease as l;

-- then
select is((select r.ms from renewed as r), 10000, 'it answers for how long');
select is(
  (tests.run(tests.run_of(1))).lease_expires_at, accounting.clock() + interval '10 s',
  'it lasts lease_ms from here'
);
select tests.move_clock('9 s');
select is(accounting.sweep(), 0, 'the sweep leaves it');

select * from finish();
rollback;
