begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.run_in_review(1) as id;

-- when
create temp table answer as select tests.reconcile(r.id) as state from run as r;

-- then
select is((select a.state from answer as a), 'in_doubt', 'it is in doubt again');
select is((tests.run(r.id)).question_count, 0, 'the questions are counted anew') from run as r;
select is(
  (tests.run(r.id)).quarantine_until, accounting.clock() + interval '60 s',
  'the quarantine begins anew'
)
from run as r;
select is(tests.attention(r.id), '{}', 'nobody has to look any more') from run as r;
select is(
  tests.answer(r.id, tests.item('absent', '{1}', '{"collides": false}')), 'in_doubt',
  'an answer within the quarantine proves nothing'
)
from run as r;
select is(
  tests.answer(r.id, tests.item('found', '{1}')), 'exported', 'what the ledger has is delivered'
)
from run as r;

select * from finish();
rollback;
