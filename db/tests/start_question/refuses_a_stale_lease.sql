begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table sending as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select throws_ok(
  $$ select accounting.start_question(tests.organisation_id(), tests.run_of(1), l.id)
     from sending as l $$,
  'AX020', null, 'what is being sent is not asked about'
);
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'unknown', '{1}')
from sending as l;
select tests.wait_until_due(tests.run_of(1));
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when, then
select throws_ok(
  $$ select accounting.start_question(
       tests.organisation_id(), tests.run_of(1), gen_random_uuid()
     ) $$,
  'AX020', null, 'somebody else''s lease is refused'
);
select tests.move_clock('10 s');
select throws_ok(
  $$ select accounting.start_question(tests.organisation_id(), tests.run_of(1), l.id)
     from lease as l $$,
  'AX020', null, 'one that has ended is refused'
);

select * from finish();
rollback;
