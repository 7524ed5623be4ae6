begin;
select plan(4);

-- given a run that waits for a person within its quarantine
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.attempt(r.id, tests.item('unknown', '{1}')) from run as r;
select tests.answer(r.id, tests.item('unclear', '{1}', '{"needs_person": true}')) from run as r;

-- when, then
select is(tests.resolve(r.id, 'proved_absent'), 'AX026', 'absence is refused') from run as r;
select is((tests.reservation(r.id, 1)).released_at, null, 'nothing is released') from run as r;
select tests.move_clock_to((tests.run(r.id)).quarantine_until - interval '1 ms') from run as r;
select is(tests.resolve(r.id, 'proved_absent'), 'AX026', 'until the last moment') from run as r;
select tests.move_clock_to((tests.run(r.id)).quarantine_until) from run as r;
select is(tests.resolve(r.id, 'proved_absent'), 'failed', 'and taken after it') from run as r;

select * from finish();
rollback;
