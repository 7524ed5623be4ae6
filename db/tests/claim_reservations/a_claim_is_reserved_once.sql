begin;
select plan(2);

-- given a claim that was refused once, and is held by a second run
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('rejected', '{1}'));
create temp table first_run as select tests.run_of(1) as id;
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of($$
    update accounting.claim_reservations set released_at = null
    where run_id = (select f.id from first_run as f)
  $$),
  '23505 claim_reservations_live_idx', 'two runs never hold a claim at once, whoever writes'
);
select is(
  tests.violation_of($$
    update accounting.claim_reservations
    set released_at = null, outcome = 'found', delivered_at = now()
    where run_id = (select f.id from first_run as f)
  $$),
  '23505 claim_reservations_live_idx', 'not even when one of them has booked it'
);

select * from finish();
rollback;
