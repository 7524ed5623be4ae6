begin;
select plan(3);

-- given a run that was found while its first message may still be under way
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.attempt(r.id, tests.item('unknown', '{1}')) from run as r;
select tests.answer(r.id, tests.item('found', '{1}')) from run as r;

-- when, then
select is(tests.void(r.id, '{1}'), 'AX026', 'that message could book it anew') from run as r;
select is(tests.counts(r.id), '1 0 0 0', 'nothing is changed') from run as r;
select tests.move_clock_to((tests.run(r.id)).quarantine_until) from run as r;
select is(tests.void(r.id, '{1}'), '1', 'after the quarantine it can be voided') from run as r;

select * from finish();
rollback;
