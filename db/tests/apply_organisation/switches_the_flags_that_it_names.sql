begin;
select plan(5);

-- given
create temporary table file as
  select '{
    "organisation": {"id": "00000000-0000-4000-8000-000000000001", "name": "Eksempel",
      "organisation_number": "123456785", "reference_prefix": "EX"}
  }'::jsonb as content;
create function pg_temp.applied (p_flags jsonb) returns setof text language sql as $$
  select a.object || ': ' || a.result
  from file,
    accounting.apply_organisation(file.content || jsonb_build_object('flags', p_flags)) as a
  where a.object like 'flag %';
$$;
-- when, then
select results_eq(
  $$ select pg_temp.applied('{"driver_honorarium": {"is_enabled": true, "reason": "board 12/2026"}}') $$,
  $$ values ('flag driver_honorarium: updated') $$,
  'switched on, also with the file that makes the organisation'
);
select results_eq(
  $$ select pg_temp.applied('{"driver_honorarium": {"is_enabled": true, "reason": "board 12/2026"}}') $$,
  $$ values ('flag driver_honorarium: unchanged') $$, 'the second time nothing changes'
);
select is_empty($$ select pg_temp.applied('{}') $$, 'a flag that it leaves out stays');
select throws_ok(
  $$ select pg_temp.applied('{"telepathy": {"is_enabled": true, "reason": "x"}}') $$, 'AX029', null,
  'a flag that there isn''t is refused'
);
select results_eq(
  'select change_no, is_enabled, reason from accounting.feature_flag_changes order by change_no',
  $$ values (1, false, 'off until the organisation says so'), (2, true, 'board 12/2026') $$,
  'and its history begins with off'
);

select * from finish();
rollback;
