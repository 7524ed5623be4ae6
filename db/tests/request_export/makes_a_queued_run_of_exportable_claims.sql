begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 2);
-- when
create temporary table run as
  select *
  from accounting.request_export(tests.organisation_id(1), tests.claim_ids(2, 1), 'coordinator-7');
-- then
select is((select state from run), 'queued', 'the run waits for a dispatcher');
select is((select next_attempt_at from run), accounting.clock(), 'and is due at once');
select is((select requested_by from run), 'coordinator-7', 'it knows who asked');
select is((select claim_ids from run), tests.claim_ids(2, 1), 'the claims stand as asked for');
select results_eq(
  $$
    select claim_id, verdict, outcome, released_at
    from accounting.claim_reservations
    where run_id = (select run_id from run)
    order by claim_id
  $$,
  $$
    values
      (tests.claim_id(1), 'exportable', null::text, null::timestamptz),
      (tests.claim_id(2), 'exportable', null, null)
  $$,
  'each claim is reserved'
);

select * from finish();
rollback;
