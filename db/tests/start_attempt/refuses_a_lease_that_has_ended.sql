begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when
select tests.move_clock('10 s');

-- then
select throws_ok(
  $$ select accounting.start_attempt(tests.organisation_id(), tests.run_of(1), l.id)
     from lease as l $$,
  'AX020', null, 'a lease ends at its time, swept or not'
);
select accounting.sweep();
select throws_ok(
  $$ select accounting.start_attempt(tests.organisation_id(), tests.run_of(1), l.id)
     from lease as l $$,
  'AX020', null, 'nor does it come back after the sweep'
);
select is((tests.run(tests.run_of(1))).attempt_no, 0, 'nothing was started');

select * from finish();
rollback;
