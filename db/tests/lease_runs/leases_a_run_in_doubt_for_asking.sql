begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
create temp table before as select (tests.run(tests.run_of(1))).*;
select tests.wait_until_due(tests.run_of(1));

-- when
create temp table leased as select * from accounting.lease_runs('dispatcher-1', 10);

-- then
select is((select l.purpose from leased as l), 'ask', 'it is to be asked about, not sent');
select is(tests.state_of(tests.run_of(1)), 'reconciling', 'it is reconciling');
select is((tests.run(tests.run_of(1))).question_count, 1, 'the question is counted');
select is(
  (tests.run(tests.run_of(1))).quarantine_until, (select b.quarantine_until from before as b),
  'the quarantine is as it was'
);

select * from finish();
rollback;
