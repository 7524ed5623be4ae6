begin;
select plan(3);

-- given
select tests.organisation_with_trail(1, 6);
create function pg_temp.copy (p_seq bigint, p_as bigint, p_previous bigint)
  returns void
  language plpgsql
as $$
declare
  v_row accounting.export_runs;
begin
  select * into v_row from accounting.export_runs where seq = p_seq;
  v_row.seq := p_as;
  v_row.id := gen_random_uuid();
  select hash into v_row.previous_hash from accounting.export_runs where seq = p_previous;
  v_row.hash := accounting.hash_export_run(v_row);
  insert into accounting.export_runs values (v_row.*);
end;
$$;
alter table accounting.export_runs drop constraint export_runs_pkey;
-- when, then
select is(
  tests.verdict_after('select pg_temp.copy(6, 4, 3)'),
  '4: the trail was forked: row 4 is there more than once', 'a number that two rows have'
);
select is(
  tests.verdict_after('select pg_temp.copy(6, 7, 3); update accounting.audit_heads set seq = 7'),
  '7: the trail was forked: row 7 continues row 3, as row 4 does', 'a row that two rows continue'
);
select is(
  tests.verdict_after('select pg_temp.copy(6, 0, 3)'),
  '0: a row was added by hand: the trail numbers from 1', 'a row before the first'
);

select * from finish();
rollback;
