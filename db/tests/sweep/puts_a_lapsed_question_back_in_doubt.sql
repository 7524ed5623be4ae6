begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
create temp table before as select (tests.run(tests.run_of(1))).*;
select tests.wait_until_due(tests.run_of(1));
select tests.lease(tests.run_of(1));

-- when
select tests.move_clock('10 s');
select accounting.sweep();

-- then
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'it is in doubt as before');
select is((tests.run(tests.run_of(1))).lease_id, null, 'nobody carries it');
select is(
  (tests.run(tests.run_of(1))).quarantine_until, (select b.quarantine_until from before as b),
  'asking changes nothing in the ledger, so the quarantine stays'
);
select is(
  (select count(*) from accounting.export_runs), 1::bigint,
  'a question without answer leaves no row'
);

select * from finish();
rollback;
