begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
create temp table before as select (tests.run(tests.run_of(1))).*;
select tests.wait_until_due(tests.run_of(1));
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when
create temp table given_back as
select accounting.hand_back(tests.organisation_id(), tests.run_of(1), l.id) as is_ours
from lease as l;

-- then
select ok((select g.is_ours from given_back as g), 'it was ours to give back');
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'the doubt is as it was');
select is(
  (tests.run(tests.run_of(1))).quarantine_until, (select b.quarantine_until from before as b),
  'and so is its quarantine'
);
select is((tests.run(tests.run_of(1))).lease_id, null, 'nobody carries it');
select is(
  (tests.run(tests.run_of(1))).next_attempt_at, accounting.clock(),
  'it may be asked about now'
);

select * from finish();
rollback;
