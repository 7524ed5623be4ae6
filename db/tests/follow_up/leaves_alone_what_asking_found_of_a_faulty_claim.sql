begin;
select plan(2);

-- given a fault that was told, and then something worse that asking about the run found
select tests.organisation_with_claims(1, 1, 'xledger');
create temp table run as select tests.exported_run(1) as id;
select tests.follow_up('{1}', '{}', '{"1": "the period is closed"}');
select tests.reconcile(r.id) from run as r;
select tests.answer_again(r.id, tests.item('unclear', '{1}',
  '{"needs_person": true, "error_message": "the sums differ", "http_status": 200}'))
from run as r;
select is((tests.reservation(r.id, 1)).fault, 'the sums differ', 'it is shown instead') from run as r;

-- when
select tests.follow_up('{1}');

-- then
select is((tests.reservation(r.id, 1)).fault, 'the sums differ', 'no follow-up takes it back')
from run as r;

select * from finish();
rollback;
