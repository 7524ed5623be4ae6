begin;
select plan(3);

-- given: two runs, one of which holds claim 1
select tests.organisation_with_claims(1, 2);
create temporary table runs as
  select tests.request(tests.organisation_id(1), 1) as holder,
    tests.request(tests.organisation_id(1), 2) as other;
-- when, then
select throws_ok(
  $$
    insert into accounting.claim_reservations (organisation_id, run_id, claim_id, verdict)
    select tests.organisation_id(1), other, tests.claim_id(1), 'exportable' from runs
  $$,
  '23505', null,
  'a second live reservation of a claim is refused, whoever inserts it'
);
select lives_ok(
  $$
    insert into accounting.claim_reservations (organisation_id, run_id, claim_id, verdict)
    select tests.organisation_id(1), other, tests.claim_id(1), 'in_flight' from runs
  $$,
  'a verdict that reserves nothing may be recorded'
);
select throws_ok(
  $$
    update accounting.claim_reservations set verdict = 'exportable' where verdict = 'in_flight'
  $$,
  '23505', null,
  'nor does a verdict become a second reservation later'
);

select * from finish();
rollback;
