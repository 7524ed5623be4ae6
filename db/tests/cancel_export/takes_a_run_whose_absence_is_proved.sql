begin;
select plan(2);

-- given a run of which the ledger had nothing, twice after the quarantine
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.attempt(r.id, tests.item('unknown', '{1}')) from run as r;
select tests.move_clock_to((tests.run(r.id)).quarantine_until) from run as r;
select tests.answer(r.id, tests.item('absent', '{1}')) from run as r;
select tests.answer(r.id, tests.item('absent', '{1}')) from run as r;
select is(tests.state_of(r.id), 'retry_wait', 'it waits to be sent again') from run as r;

-- when, then
select is(tests.cancel(r.id), 'cancelled', 'it can be withdrawn') from run as r;

select * from finish();
rollback;
