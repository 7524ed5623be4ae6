begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;

-- when
create temp table given_back as
select accounting.hand_back(tests.organisation_id(), tests.run_of(1), l.id) as is_ours
from lease as l;

-- then
select ok((select not g.is_ours from given_back as g), 'what may have been sent is not given back');
select is(tests.state_of(tests.run_of(1)), 'sending', 'it is still being sent');
select is(
  (tests.run(tests.run_of(1))).lease_id, (select l.id from lease as l), 'under the same lease'
);

select * from finish();
rollback;
