begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;

-- when
select is(accounting.freeze('restored from last night''s dump'), 1, 'one integration is frozen');
select tests.move_clock_to((tests.run(r.id)).quarantine_until) from run as r;
select tests.answer(r.id, tests.item('absent', '{1}')) from run as r;

-- then
select is(tests.answer(r.id, tests.item('absent', '{1}')), 'queued', 'it is known to be absent')
from run as r;
select is(tests.attempt(r.id, tests.item('accepted', '{1}')), 'exported', 'and is sent')
from run as r;

select * from finish();
rollback;
