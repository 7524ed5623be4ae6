begin;
select plan(4);

-- given: booked, and then exported_at reset by hand
select tests.organisation_with_claims(1);
create temporary table run as select tests.request(tests.organisation_id(1), 1) as id;
select tests.record(tests.organisation_id(1), id, tests.start(tests.organisation_id(1), id),
  'accepted', '{1}') from run;
update accounting.claims set exported_at = null, exported_run_id = null;
-- when, then
select is(
  tests.verdict(tests.organisation_id(1), 1), 'already_exported',
  'acceptance 5: the guard answers already_exported after claims.exported_at was reset'
);
-- when: the reservation is gone as well, and only the trail is left to tell
update accounting.claim_reservations
set outcome = null, delivered_at = null, released_at = now();
-- then
select is(
  tests.verdict(tests.organisation_id(1), 1), 'already_exported',
  'acceptance 5: the guard answers already_exported from the trail alone'
);
select is(
  (
    select blocking_run_id
    from accounting.judge_claims(tests.organisation_id(1), tests.claim_ids(1))
  ),
  (select id from run),
  'and names the run that the trail names'
);
-- when
create temporary table second as select tests.request(tests.organisation_id(1), 1) as id;
-- then
select is(
  (
    select e.state || ', ' || r.verdict
    from second
    join accounting.export_requests as e on e.run_id = second.id
    join accounting.claim_reservations as r on r.run_id = second.id
  ),
  'skipped, already_exported',
  'acceptance 5: the guard answers already_exported to a request, which sends nothing'
);

select * from finish();
rollback;
