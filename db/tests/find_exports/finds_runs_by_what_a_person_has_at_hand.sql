begin;
select plan(6);

-- given a run that exported two claims, one under several ids, and one whose claim is in a ledger
select tests.organisation_with_claims(1, 3);
create temporary table run as select tests.exported_run(1, 2) as id;
update accounting.claim_reservations set external_ids = '["entry:77", "1044"]'
where claim_id = tests.claim_id(2);
create temporary table other as select tests.exported_run(3) as id;
create function pg_temp.found (p_term text) returns setof text language sql as $$
  select format('%s %s %s',
    case f.run_id when (select id from run) then 'run' when (select id from other) then 'other' end,
    f.reference, f.matched_by)
  from accounting.find_exports(tests.organisation_id(1), p_term, 20) as f;
$$;

-- when, then
select set_eq($$ select pg_temp.found('t-1') $$, array['run T-1 reference'], 'by a reference, however typed');
select set_eq(
  $$ select pg_temp.found('T-') $$,
  array['run T-1 reference', 'run T-2 reference', 'other T-3 reference'], 'by how references begin'
);
select set_eq(
  $$ select t || ': ' || pg_temp.found(t) from unnest(array['1044', 'entry:77', '77', '1003']) as t $$,
  array[
    '1044: run T-2 external_id', 'entry:77: run T-2 external_id', '77: run T-2 external_id',
    '1003: other T-3 external_id'
  ],
  'by any of the ledger''s ids, with or without its kind'
);
select set_eq(
  $$ select pg_temp.found(upper(id::text)) from run
     union all select pg_temp.found(tests.claim_id(3)::text) $$,
  array['run  run_id', 'other T-3 claim_id'], 'by the ids of runs and claims'
);
select is_empty(
  $$ select pg_temp.found(t) from unnest(array['', ' ', '%', 'T-_', '9', '*', null]) as t $$,
  'by nothing else: no wild cards, no part of an id'
);
select is(
  array(select external_id from accounting.find_exports(tests.organisation_id(1), '1044', 20)),
  array['1044'], 'it tells the id that was looked for, not the first'
);

select * from finish();
rollback;
