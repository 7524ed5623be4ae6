begin;
select plan(6);

-- given a run that waits to be sent again, since a second send would collide with the first
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.attempt(r.id, tests.item('unknown', '{1}')) from run as r;
select is(tests.cancel(r.id), 'AX018', 'not while it is in doubt') from run as r;
select tests.answer(r.id, tests.item('absent', '{1}', '{"collides": true}')) from run as r;
select is(tests.state_of(r.id), 'retry_wait', 'it waits') from run as r;

-- when, then
select is(tests.cancel(r.id), 'AX026', 'the first message could still book it') from run as r;
select is((tests.reservation(r.id, 1)).released_at, null, 'the claim stays reserved') from run as r;
select is(tests.state_of(r.id), 'retry_wait', 'the run waits as before') from run as r;
select tests.move_clock_to((tests.run(r.id)).quarantine_until + interval '1 h') from run as r;
select is(tests.cancel(r.id), 'AX026', 'time alone proves nothing') from run as r;

select * from finish();
rollback;
