begin;
select plan(2);

-- given an exportable claim, a withdrawn one and one that nobody knows
select tests.organisation_with_claims(1, 1);
select tests.put_claim(tests.organisation_id(), 2, '{"state": "withdrawn"}');

-- when
select tests.request(tests.organisation_id(), 1, 2, 3);
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 3);

-- then
select results_eq(
  $$ select integration_status, total_claims, success_count, failure_count, skipped_count
     from api.export_status order by requested_at $$,
  $$ values ('queued', 3, 0, 0, 2), ('skipped', 1, 0, 0, 1) $$,
  'what the guard held back is skipped, the rest is open'
);
select results_eq(
  'select attempts, last_http_status, last_error from api.export_status order by requested_at',
  $$ values (0, null::integer, null::text), (0, null, null) $$, 'nothing was sent yet'
);

select * from finish();
rollback;
