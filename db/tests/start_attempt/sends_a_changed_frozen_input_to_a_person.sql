begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
update accounting.export_requests
set frozen_input = jsonb_set(frozen_input, '{claims,0,total}', '"999.00"');
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when
create temp table started as
select s.* from lease,
  accounting.start_attempt(tests.organisation_id(), tests.run_of(1), lease.id) as s;

-- then
select results_eq(
  'select is_started, state, batch from started',
  $$ values (false, 'needs_review', null::jsonb) $$,
  'nothing is sent'
);
select is(tests.state_of(tests.run_of(1)), 'needs_review', 'a person has to look');
select is((tests.run(tests.run_of(1))).lease_id, null, 'nobody carries it');
select is((tests.run(tests.run_of(1))).attempt_no, 0, 'no start is counted');

select * from finish();
rollback;
