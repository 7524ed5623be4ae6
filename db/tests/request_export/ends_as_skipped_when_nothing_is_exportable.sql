begin;
select plan(4);

-- given
select tests.organisation(1);
select tests.put_claim(tests.organisation_id(1), 1, '{"state": "withdrawn"}');
-- when
create temporary table run as
  select * from accounting.request_export(tests.organisation_id(1), tests.claim_ids(1, 2), 'app-1');
-- then
select is((select state from run), 'skipped', 'the run ends as skipped');
select is((select ended_at from run), accounting.clock(), 'at once');
select ok(
  (select batch_key is null and frozen_input is null and next_attempt_at is null from run),
  'there is nothing to be sent and no time at which it would be'
);
select results_eq(
  $$ select verdict from accounting.claim_reservations order by claim_id $$,
  array['not_approved', 'unknown'],
  'the verdicts are kept'
);

select * from finish();
rollback;
