begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 1, 'xledger');
create temp table run as select tests.exported_run(1) as id;
create temp table lease as select tests.start_follow_up() as id;

-- when
select is(accounting.sweep(), 0, 'a lease that holds is left alone');
select tests.move_clock('11 s');
select is(accounting.sweep(), 1, 'one that lapsed is ended');

-- then
select is((tests.followed()).next_at, accounting.clock() + interval '1 hour', 'as after a failure');
select is(
  accounting.record_follow_up(tests.follow_up_report(l.id, '{1}', '{1}')), false,
  'what it tells all the same is not taken'
)
from lease as l;
select is((tests.reservation(r.id, 1)).booked_at, null, 'the next one tells it') from run as r;

select * from finish();
rollback;
