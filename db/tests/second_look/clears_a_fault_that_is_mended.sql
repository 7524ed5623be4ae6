begin;
select plan(3);

-- given a delivered claim with which something is wrong
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.exported_run(1) as id;
select tests.reconcile(r.id) from run as r;
select tests.answer_again(r.id, tests.item('unclear', '{1}',
  '{"needs_person": true, "error_message": "the sums differ", "http_status": 200}'))
from run as r;
select is(
  (select array[a.kind, a.reason] from api.export_attention as a), '{faulted, the sums differ}',
  'somebody has to look'
);

-- when it was mended, and is asked about again
select tests.reconcile(r.id) from run as r;
select is(tests.answer_again(r.id, tests.item('found', '{1}')), 'exported', 'the state stays')
from run as r;

-- then
select is_empty('select * from api.export_attention', 'nobody has to look any more');

select * from finish();
rollback;
