begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table first as select accounting.clock() as at;

-- when, then
select tests.attempt(
  tests.run_of(1), tests.item('not_applied', '{1}', '{"failure": "unreachable"}')
)
from generate_series(1, 2);
select results_eq(
  'select kind, run_id, since from api.export_attention',
  $$ select 'unreachable', tests.run_of(1), f.at from first as f $$, 'since the first attempt'
);
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));
select is_empty('select * from api.export_attention', 'until it answers');

select * from finish();
rollback;
