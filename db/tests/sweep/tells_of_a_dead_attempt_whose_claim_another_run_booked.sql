begin;
select plan(2);

-- given a claim that a run sends whose dispatcher dies, and that an earlier run has booked
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as
select tests.run_of(1) as run_id, tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.record(tests.organisation_id(), l.run_id, l.id, 'rejected', '{1}') from lease as l;
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 1);
select tests.start(tests.organisation_id(), tests.run_of(1));
select tests.record(tests.organisation_id(), l.run_id, l.id, 'accepted', '{1}') from lease as l;

-- when
select tests.move_clock('10 s');
select accounting.sweep();

-- then
select is(tests.state_of(tests.run_of(1)), 'needs_review', 'it may be in the ledger twice');
select results_eq(
  $$ select outcome, claim_ids from accounting.export_runs where run_id = tests.run_of(1) $$,
  $$ values ('unknown', to_jsonb(tests.claim_ids(1))) $$, 'the trail has the attempt that died'
);

select * from finish();
rollback;
