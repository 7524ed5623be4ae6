begin;
select plan(6);

-- given a run whose claims a dispatcher is about to send
select tests.organisation_with_claims(1, 2);
create temp table run as select tests.request(tests.organisation_id(), 1, 2) as id;
create temp table lease as select tests.lease(r.id) as id from run as r;

-- when
select tests.flag('{1}');
create temp table started as
select s.* from run as r, lease as l
cross join lateral accounting.start_attempt(tests.organisation_id(), r.id, l.id) as s;

-- then
select is((select s.is_started from started as s), false, 'it sends nothing');
select is(tests.state_of(r.id), 'in_doubt', 'it is asked about first') from run as r;
select is_empty('select * from accounting.claim_questions', 'by the run alone');
-- when the ledger has nothing, which a collision would tell
select is(
  tests.answer(r.id, tests.item('absent', '{1}', '{"collides": true}')), 'in_doubt',
  'a collision is no answer to a flag'
)
from run as r;
select tests.move_clock_to((tests.run(r.id)).quarantine_until) from run as r;
select tests.answer(r.id, tests.item('absent', '{1}')) from run as r;
select is(tests.answer(r.id, tests.item('absent', '{1}')), 'queued', 'two absences are')
from run as r;
select is(
  tests.attempt(r.id, tests.item('accepted', '{1, 2}')), 'exported', 'then it is sent'
)
from run as r;

select * from finish();
rollback;
