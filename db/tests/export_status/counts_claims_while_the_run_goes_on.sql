begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 5);
select tests.put_claim(tests.organisation_id(), 6, '{"state": "withdrawn"}');
select tests.request(tests.organisation_id(), 1, 2, 3, 4, 5, 6);

-- when
select tests.attempt(
  tests.run_of(1), tests.item('accepted', '{1}'), tests.item('rejected', '{2}'),
  tests.item('not_applied', '{3}'), tests.item('unknown', '{4,5}', '{"error_message": "cut off"}')
);

-- then: one booked, one refused, one held back, and three that are open
select results_eq(
  $$ select integration_status, total_claims, success_count, failure_count, skipped_count
     from api.export_status $$,
  $$ values ('in_doubt', 6, 1, 1, 1) $$, 'what is in doubt or waits is neither'
);
select results_eq(
  'select attempts, last_http_status, last_error, exported_at from api.export_status',
  $$ values (1, null::integer, 'cut off', null::timestamptz) $$,
  'the last row of the trail is told'
);
select is(
  (select s.next_attempt_at from api.export_status as s),
  (tests.run(tests.run_of(1))).next_attempt_at,
  'and when it goes on'
);

select * from finish();
rollback;
