begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(
  tests.run_of(1), tests.item('not_applied', '{1}', '{"retry_after_ms": 20000}')
);

-- when, then
select is(accounting.next_wake_up_ms(), 20000, 'when the waiting run is due');
select tests.move_clock('5 s');
select is(accounting.next_wake_up_ms(), 15000, 'the time left is told');
select tests.request(tests.organisation_id(), 2);
select is(accounting.next_wake_up_ms(), 15000, 'what is due already is left to the poll');
select tests.start(tests.organisation_id(), tests.run_of(2));
select is(accounting.next_wake_up_ms(), 10000, 'a lease that lapses earlier comes first');
select tests.move_clock('11 s');
select is(accounting.next_wake_up_ms(), 4000, 'one that has lapsed is left to the sweep');

select * from finish();
rollback;
