begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 1, 'xledger');
create temp table run as select tests.exported_run(1) as id;
select tests.move_clock('1 hour');
create temp table lease as
select l.lease_id as id from accounting.lease_runs('dispatcher-1', 100) as l;

-- when, then
select throws_ok(
  format('select accounting.start_follow_up(%L, %L)', tests.organisation_id(), gen_random_uuid()),
  'AX020', null, 'another lease starts nothing'
);
select is(
  accounting.record_follow_up(tests.follow_up_report(l.id, '{1}', '{1}')), false,
  'what was not asked is not answered'
)
from lease as l;
select ok(accounting.hand_back(tests.organisation_id(), null, l.id, 1000), 'it can be given back')
from lease as l;
select throws_ok(
  format('select accounting.start_follow_up(%L, %L)', tests.organisation_id(), l.id),
  'AX020', null, 'then it starts nothing any more'
)
from lease as l;
select is(
  (tests.followed()).next_at, accounting.clock() + interval '1 s', 'and is due again after that'
);
-- but
create temp table again as select tests.start_follow_up() as id;
select accounting.hand_back(tests.organisation_id(), null, a.id, 1000) from again as a;
select is(
  (tests.followed()).next_at, accounting.clock() + interval '1 hour',
  'once it was asked it is not asked anew at once'
)
from again as a;

select * from finish();
rollback;
