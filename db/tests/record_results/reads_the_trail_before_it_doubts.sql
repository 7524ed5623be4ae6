begin;
select plan(2);

-- given a claim that the trail knows to be booked
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.append_row(tests.run_of(1), 'accepted', '{1}');

-- when
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'unknown', '{1}')
from lease as l;

-- then
select is(tests.state_of(tests.run_of(1)), 'exported', 'the run has ended');
select is((tests.reservation(tests.run_of(1), 1)).outcome, 'found', 'the claim counts as found');

select * from finish();
rollback;
