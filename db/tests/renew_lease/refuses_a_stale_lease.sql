begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;

-- when, then
select throws_ok(
  $$ select accounting.renew_lease(tests.organisation_id(), tests.run_of(1), gen_random_uuid()) $$,
  'AX020', null, 'somebody else''s lease is refused'
);
select tests.move_clock('10 s');
select throws_ok(
  $$ select accounting.renew_lease(tests.organisation_id(), tests.run_of(1), l.id)
     from lease as l $$,
  'AX020', null, 'one that has ended is refused: the sweep may be ending it'
);
select accounting.sweep();
select throws_ok(
  $$ select accounting.renew_lease(tests.organisation_id(), tests.run_of(1), l.id)
     from lease as l $$,
  'AX020', null, 'one that was swept is refused'
);

select * from finish();
rollback;
