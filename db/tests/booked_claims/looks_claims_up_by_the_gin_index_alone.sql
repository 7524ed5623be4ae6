-- The traps were measured (see the function): a plan made for the given ids scans the table, and a
-- generic one that also names the organisation walks through all that a big organisation ever sent.
begin;
select plan(7);

-- given: 40 organisations and 20,000 runs of two claims, 40 % of them organisation 1's
select tests.organisation_with_claims(n, 1) from generate_series(1, 40) as n;
insert into accounting.export_runs
  (organisation_id, seq, run_id, kind, outcome, attempt_no, claim_ids, actor, previous_hash, hash)
select tests.organisation_id(case when n % 5 < 2 then 1 else 2 + n % 39 end), n,
  gen_random_uuid(), 'attempt', 'accepted', 1, to_jsonb(tests.claim_ids(2 * n, 2 * n + 1)),
  'dispatcher-1', repeat('0', 64), repeat('0', 64)
from generate_series(0, 19999) as n;
analyze accounting.export_runs;

-- Scans of the table, of the index over claim ids, and of the table's other indexes.
create function pg_temp.scans ()
  returns bigint[]
  language sql
as $$
  select array[
    pg_stat_get_xact_numscans('accounting.export_runs'::regclass),
    pg_stat_get_xact_numscans('accounting.export_runs_claim_ids_idx'::regclass),
    sum(pg_stat_get_xact_numscans(i.indexrelid)) filter (
      where i.indexrelid <> 'accounting.export_runs_claim_ids_idx'::regclass
    )
  ]
  from pg_catalog.pg_index as i
  where i.indrelid = 'accounting.export_runs'::regclass;
$$;
create function pg_temp.scans_of (p_sql text)
  returns text
  language plpgsql
as $$
declare
  v_before bigint[] := pg_temp.scans();
  v_after bigint[];
begin
  execute p_sql;
  v_after := pg_temp.scans();
  return format('table %s, claim ids %s, other indexes %s',
    v_after[1] - v_before[1], v_after[2] - v_before[2], v_after[3] - v_before[3]);
end;
$$;
create function pg_temp.plan_of (p_sql text)
  returns text
  language plpgsql
as $$
declare
  v_plan json;
begin
  execute 'explain (format json) ' || p_sql into v_plan;
  return v_plan;
end;
$$;
create function pg_temp.ids (p_count integer)
  returns text[]
  language sql
as $$ select array_agg(tests.claim_id(n)::text) from generate_series(1, p_count) as n; $$;

-- when, then: the temptations are there
select matches(
  pg_temp.plan_of(format($$
    select from accounting.export_runs
    where outcome in ('accepted', 'found', 'booked_by_hand', 'voided') and claim_ids ?| %L
  $$, pg_temp.ids(500))),
  '"Seq Scan"', 'a plan for 500 given ids would scan the table'
);
prepare naive (uuid, text[]) as
  select from accounting.export_runs
  where organisation_id = $1
    and outcome in ('accepted', 'found', 'booked_by_hand', 'voided') and claim_ids ?| $2;
set local plan_cache_mode = force_generic_plan;
select matches(
  pg_temp.plan_of(format('execute naive (%L, %L)', tests.organisation_id(1), pg_temp.ids(50))),
  '"BitmapAnd"', 'a generic plan that names the organisation would walk through its rows'
);
reset plan_cache_mode;
-- when, then: the function gives in to neither
select is(
  pg_temp.scans_of(format(
    'select accounting.booked_claims(%L, %L)', tests.organisation_id(1), pg_temp.ids(50)
  )),
  'table 0, claim ids 1, other indexes 0',
  'acceptance 8: the guard''s plan is an index scan where the planner is tempted otherwise'
);
select is(
  pg_temp.scans_of(format(
    'select accounting.booked_claims(%L, %L)', tests.organisation_id(1), pg_temp.ids(500)
  )),
  'table 0, claim ids 1, other indexes 0',
  'acceptance 8: also for the 500 claims that a request may have'
);
select set_eq(
  $$ select claim_id from accounting.booked_claims(tests.organisation_id(1), pg_temp.ids(500)) $$,
  $$ select tests.claim_id(n) from generate_series(1, 500) as n where n / 2 % 5 < 2 $$,
  'it finds what is the organisation''s, and no other''s'
);
select tests.sign_in(tests.organisation_id(1), 'coordinator');
select is(
  pg_temp.scans_of(format('select api.check_export(%L)', pg_temp.ids(50))),
  'table 0, claim ids 1, other indexes 0',
  'so it is for a caller whom row level security watches'
);
reset role;
select tests.sign_in(tests.organisation_id(40), 'coordinator');
select is(
  pg_temp.scans_of(format('select api.check_export(%L)', pg_temp.ids(50))),
  'table 0, claim ids 1, other indexes 0', 'and for a small organisation'
);

select * from finish();
rollback;
