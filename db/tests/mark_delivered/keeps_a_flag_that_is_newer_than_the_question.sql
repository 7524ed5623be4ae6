begin;
select plan(3);

-- given a run in doubt that is asked about, and a flag that is raised meanwhile
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.attempt(r.id, tests.item('unknown', '{1}')) from run as r;
select tests.wait_until_due(r.id) from run as r;
create temp table lease as select tests.lease(r.id) as id from run as r;
select accounting.start_question(tests.organisation_id(), r.id, l.id) from run as r, lease as l;
select tests.move_clock('1 s');
select tests.flag('{1}');

-- when the answer to the older question comes
select is(
  tests.record(tests.organisation_id(), r.id, l.id, 'found', '{1}'), 'exported', 'it is booked'
)
from run as r, lease as l;

-- then
select isnt((tests.claim(1)).flagged_at, null, 'an older answer clears no flag');
select isnt((tests.run(r.id)).ask_at, null, 'the run is asked about again') from run as r;

select * from finish();
rollback;
