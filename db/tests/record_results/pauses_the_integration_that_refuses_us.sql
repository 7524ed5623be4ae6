begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when
select tests.attempt(tests.run_of(1), tests.item(
  'not_applied', '{1}',
  '{"failure": "configuration", "http_status": 403, "error_message": "no right to journals"}'
));

-- then
select results_eq(
  'select paused_at, paused_reason from accounting.integrations',
  $$ values (accounting.clock(), 'no right to journals') $$, 'it is paused, with the reason'
);
select is(tests.state_of(tests.run_of(1)), 'retry_wait', 'the run waits');
select is((tests.run(tests.run_of(1))).attempt_no, 1, 'the start stays counted');
select is((tests.run(tests.run_of(1))).charged_attempts, 0, 'it is not charged');
select is(tests.lease(tests.run_of(1)), null, 'nothing is sent');
select accounting.resume_integration(tests.organisation_id(), 'business_central');
select isnt(tests.lease(tests.run_of(1)), null, 'once resumed, it goes on at once');

select * from finish();
rollback;
