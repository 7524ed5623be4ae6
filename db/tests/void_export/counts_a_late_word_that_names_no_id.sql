begin;
select plan(3);

-- given an attempt that the sweep gave up, found without an id, and voided
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
create temp table lease as
select tests.start(tests.organisation_id(), r.id) as id from run as r;
select tests.move_clock('11 s');
select accounting.sweep();
select tests.answer(r.id, tests.item('found', '{1}')) from run as r;
select tests.move_clock_to((tests.run(r.id)).quarantine_until) from run as r;
select tests.void(r.id, '{1}') from run as r;

-- when nobody can tell whether this is what was removed
select tests.record(tests.organisation_id(), r.id, l.id, 'accepted', '{1}')
from run as r, lease as l;

-- then
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'it is not sent');
select is(tests.attention(r.id), '{booked_late}', 'somebody has to look') from run as r;
select is(tests.void(r.id, '{1}'), '1', 'and may void it again') from run as r;

select * from finish();
rollback;
