begin;
select plan(3);

-- given a question whose dispatcher hung, and another one under way
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.wait_until_due(tests.run_of(1));
create temp table older as select tests.lease(tests.run_of(1)) as id;
select tests.move_clock('10 s');
select accounting.sweep();
select tests.wait_until_due(tests.run_of(1));
create temp table newer as select tests.lease(tests.run_of(1)) as id;

-- when
create temp table late as
select o.* from older as l, accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), l.id, jsonb_build_array(tests.item('absent', '{1}', '{"collides": true}'))
))) as o;

-- then
select results_eq(
  'select is_late, state from late', $$ values (true, 'reconciling') $$, 'it is evidence alone'
);
select is((tests.reservation(tests.run_of(1), 1)).outcome, 'unknown', 'the claim is in doubt');
select is(
  (tests.run(tests.run_of(1))).lease_id, (select n.id from newer as n), 'the other one goes on'
);

select * from finish();
rollback;
