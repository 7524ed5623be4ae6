begin;
select plan(2);

-- given a claim that was released, and is being sent by another run
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as
select tests.run_of(1) as run_id, tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.record(tests.organisation_id(), l.run_id, l.id, 'rejected', '{1}') from lease as l;
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 1);
create temp table second as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;

-- when
select tests.record(tests.organisation_id(), l.run_id, l.id, 'accepted', '{1}') from lease as l;
create temp table meanwhile as select tests.state_of(tests.run_of(1)) as state;
select tests.record(tests.organisation_id(), tests.run_of(1), s.id, 'accepted', '{1}')
from second as s;

-- then
select is((select m.state from meanwhile as m), 'sending', 'its dispatcher keeps it');
select is(tests.state_of(tests.run_of(1)), 'needs_review', 'then a person looks for it twice');

select * from finish();
rollback;
