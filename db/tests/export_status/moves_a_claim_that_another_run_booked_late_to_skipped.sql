begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1);
create temp table lease as
select tests.run_of(1) as run_id, tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.record(tests.organisation_id(), l.run_id, l.id, 'rejected', '{1}') from lease as l;
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 1, 2);

-- when
select tests.record(tests.organisation_id(), l.run_id, l.id, 'accepted', '{1}') from lease as l;

-- then
select results_eq(
  $$ select integration_status, total_claims, success_count, failure_count, skipped_count
     from api.export_status order by requested_at $$,
  $$ values ('rejected', 1, 1, 0, 0), ('queued', 2, 0, 0, 1) $$,
  'it is a success of the run that booked it, and skipped by the one that dropped it'
);

select * from finish();
rollback;
