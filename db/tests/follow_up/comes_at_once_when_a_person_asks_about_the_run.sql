begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 2, 'xledger');
create temp table run as select tests.exported_run(1) as id;
select tests.follow_up('{1}', '{}', '{"1": "the period is closed"}');

-- when
select tests.reconcile(r.id) from run as r;

-- then
select is((tests.reservation(r.id, 1)).follow_at, accounting.clock(), 'the claim is due')
from run as r;
select is((tests.followed()).next_at, accounting.clock(), 'and may be asked for')
from run as r;
-- but
select tests.follow_up('{1}', '{}', '{}', '{"problem": "Wait", "retry_after_ms": 7200000}');
select tests.reconcile(r.id) from run as r;
select is(
  (tests.followed()).next_at, accounting.clock() + interval '2 hours', 'not while it is told to wait'
)
from run as r;

select * from finish();
rollback;
