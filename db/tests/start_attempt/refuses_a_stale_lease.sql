begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when, then
select throws_ok(
  $$ select accounting.start_attempt(
       tests.organisation_id(), tests.run_of(1), gen_random_uuid()
     ) $$,
  'AX020', null, 'somebody else''s lease does not start it'
);
select throws_ok(
  $$ select accounting.start_attempt(tests.organisation_id(), tests.run_of(1), null) $$,
  'AX020', null, 'no lease does not start it'
);
select throws_ok(
  $$ select accounting.start_attempt(tests.organisation_id(2), tests.run_of(1), l.id)
     from lease as l $$,
  'AX020', null, 'nor does another organisation'
);
select accounting.start_attempt(tests.organisation_id(), tests.run_of(1), l.id) from lease as l;
select throws_ok(
  $$ select accounting.start_attempt(tests.organisation_id(), tests.run_of(1), l.id)
     from lease as l $$,
  'AX020', null, 'what was started is not started again'
);
select is((tests.run(tests.run_of(1))).attempt_no, 1, 'only one start was counted');

select * from finish();
rollback;
