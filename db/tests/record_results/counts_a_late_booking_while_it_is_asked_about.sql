begin;
select plan(2);

-- given a run that another dispatcher asks about
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.move_clock('10 s');
select accounting.sweep();
select tests.wait_until_due(tests.run_of(1));
create temp table asking as select tests.lease(tests.run_of(1)) as id;
select accounting.start_question(tests.organisation_id(), tests.run_of(1), a.id) from asking as a;

-- when
create temp table late as
select o.* from lease as l, accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), l.id, jsonb_build_array(tests.item('accepted', '{1}'))
))) as o;
create temp table answered as
select o.* from asking as a, accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), a.id, jsonb_build_array(tests.item('absent', '{1}', '{"collides": true}'))
))) as o;

-- then
select results_eq(
  'select is_late, state from late', $$ values (true, 'reconciling') $$,
  'whoever carries the run keeps it'
);
select results_eq(
  'select is_late, state from answered', $$ values (false, 'exported') $$,
  'an "absent" from before changes nothing: it is booked'
);

select * from finish();
rollback;
