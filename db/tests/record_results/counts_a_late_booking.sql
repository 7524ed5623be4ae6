begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.move_clock('10 s');
select accounting.sweep();

-- when
create temp table late as
select o.* from lease as l, accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), l.id, jsonb_build_array(tests.item('accepted', '{1}'))
))) as o;

-- then
select results_eq(
  'select is_late, state from late', $$ values (true, 'exported') $$, 'it is late, and it counts'
);
select is(tests.state_of(tests.run_of(1)), 'exported', 'the run is exported');
select is((tests.reservation(tests.run_of(1), 1)).outcome, 'accepted', 'the claim is booked');
select is(
  (tests.reservation(tests.run_of(1), 1)).booked_late_at, null, 'it was never released: all is well'
);

select * from finish();
rollback;
