begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when
create temp table given_back as
select accounting.hand_back(tests.organisation_id(), tests.run_of(1), l.id) as is_ours
from lease as l;

-- then
select ok((select g.is_ours from given_back as g), 'it was ours to give back');
select is((tests.run(tests.run_of(1))).lease_id, null, 'nobody carries it');
select is(tests.state_of(tests.run_of(1)), 'queued', 'it waits as before');
select isnt(tests.lease(tests.run_of(1)), null, 'another dispatcher may take it at once');

select * from finish();
rollback;
