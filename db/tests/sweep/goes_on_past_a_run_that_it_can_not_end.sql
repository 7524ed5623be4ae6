begin;
select plan(6);

-- given five lapsed attempts, one of which can't be written any more
select tests.organisation_with_claims(1, 5);
select tests.request(tests.organisation_id(), n) from generate_series(1, 5) as n;
create temp table lease as select l.* from accounting.lease_runs('dispatcher-1', 5) as l;
select accounting.start_attempt(l.organisation_id, l.run_id, l.lease_id) from lease as l;
update accounting.export_requests set leased_by = 'dispatcher-2' where run_id = tests.run_of(3);
create function pg_temp.refuse()
  returns trigger
  language plpgsql
as $$
begin
  raise exception 'this run can''t be written';
end;
$$;
create trigger refuse
  before update on accounting.export_requests
  for each row
  when (old.leased_by = 'dispatcher-2')
  execute function pg_temp.refuse();
select tests.move_clock('10 s');

-- when, then
select is(accounting.sweep(), 4, 'the others are ended, and counted');
select is(
  (select count(*) from accounting.export_requests where state = 'in_doubt'), 4::bigint,
  'they are asked about'
);
select is(tests.state_of(tests.run_of(3)), 'sending', 'the one stays as it was');
select is_empty(
  'select * from accounting.export_runs where run_id = tests.run_of(3)',
  'without half of what the sweep writes'
);
drop trigger refuse on accounting.export_requests;
select is(accounting.sweep(), 1, 'the next sweep tries it again');
select is(tests.state_of(tests.run_of(3)), 'in_doubt', 'and it is asked about too');

select * from finish();
rollback;
