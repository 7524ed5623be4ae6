begin;
select plan(8);

-- given
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.exported_run(1) as id;

-- when the ledger has nothing of it, once
select tests.reconcile(r.id) from run as r;
select tests.answer_again(r.id, tests.item('absent', '{1}')) from run as r;
-- then
select is(tests.attention(r.id), '{}', 'one answer may come from a copy that lags') from run as r;
select is(
  (tests.run(r.id)).ask_at, accounting.clock() + interval '30 s',
  'it is asked again half a quarantine later'
)
from run as r;

-- when it has nothing the second time
select tests.answer_again(r.id, tests.item('absent', '{1}')) from run as r;
-- then
select is(tests.attention(r.id), '{faulted}', 'somebody has to look') from run as r;
select is((tests.run(r.id)).ask_at, null, 'it isn''t asked any more') from run as r;
select is(
  tests.trail(r.id), '{attempt accepted, reconciliation unclear, reconciliation unclear}',
  'the trail has a disagreement, not an absence'
)
from run as r;
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'nothing is released');
select is(tests.counts(r.id), '1 0 0 0', 'or counted otherwise') from run as r;
select isnt(
  (select c.fault from api.export_claims as c), null, 'the claim tells what is wrong with it'
);

select * from finish();
rollback;
