begin;
select plan(2);

-- given a run in doubt that is asked about
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.wait_until_due(tests.run_of(1));
create temp table lease as select tests.lease(tests.run_of(1)) as id;
select tests.move_clock('1 s');
select accounting.start_question(tests.organisation_id(), tests.run_of(1), l.id) from lease as l;
create temp table asked as select accounting.clock() as at;

-- when
select tests.move_clock('2 s');
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'absent', '{1}')
from lease as l;

-- then
select results_eq(
  $$ select started_at from accounting.export_runs where kind = 'reconciliation' $$,
  'select at from asked', 'the row says when the question began'
);
select results_eq(
  $$ select started_at from accounting.export_runs where kind = 'attempt' $$,
  'select (tests.run(tests.run_of(1))).attempt_started_at', 'as an attempt''s does'
);

select * from finish();
rollback;
