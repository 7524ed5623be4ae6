begin;
select plan(4);

-- given a freeze, half of whose answers have come
select tests.organisation_with_claims(1, 2);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select accounting.freeze('restored');
select tests.move_clock_to((tests.run(r.id)).quarantine_until) from run as r;
select tests.answer(r.id, tests.item('absent', '{1}')) from run as r;
select tests.answer_without_run('absent', '{2}');

-- when
select is(accounting.freeze('restored again'), 1, 'it is frozen again');

-- then
select is((select i.frozen_reason from accounting.integrations as i), 'restored again', 'says why');
select tests.answer(r.id, tests.item('absent', '{1}')) from run as r;
select tests.answer_without_run('absent', '{2}');
select is(tests.state_of(r.id), 'in_doubt', 'earlier answers about runs don''t count')
from run as r;
select is(tests.verdict(tests.organisation_id(), 2), 'flagged', 'nor about claims without a run');

select * from finish();
rollback;
