begin;
select plan(7);

-- given the same id asked for in two organisations, of which the first has the run
select tests.organisation_with_claims(1, 1);
select tests.organisation_with_claims(2, 1);
create temp table run as select tests.run_in_review(1) as id;
create temp table act (sql text);
insert into act values
  ('select * from api.reconcile_export(%L)'),
  ('select * from api.resolve_export(%L, ''proved_absent'', ''looked'')'),
  ('select * from api.void_export(%L, tests.claim_ids(1), ''removed'')'),
  ('select * from api.cancel_export(%L)');
create function pg_temp.error_of (p_sql text, p_run_id uuid)
  returns text
  language sql
as $$
  select replace(tests.error_of(format(p_sql, p_run_id))::text, p_run_id::text, 'the run');
$$;
grant select on act, run to authenticated;

-- when the other organisation's coordinator names it, and one that nobody has
select tests.sign_in(tests.organisation_id(2), 'coordinator');
select is(
  pg_temp.error_of(a.sql, r.id),
  pg_temp.error_of(a.sql, '00000000-0000-4000-a000-000000000099'),
  'byte for byte the same: ' || substring(a.sql from 'api.[a-z_]+')
)
from act as a, run as r;
select is(
  array_agg(distinct tests.error_of(format(a.sql, r.id)) ->> 'code'), array['AX016'],
  'it is AX016'
)
from act as a, run as r;
reset role;

-- then
select is(tests.state_of((select r.id from run as r)), 'needs_review', 'the run waits as before');
select is_empty(
  $$ select * from accounting.export_runs where kind = 'decision' $$, 'the trail has no decision'
);

select * from finish();
rollback;
