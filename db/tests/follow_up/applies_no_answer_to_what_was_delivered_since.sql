begin;
select plan(3);

-- given a follow-up under way, while the claim is voided and exported anew
select tests.organisation_with_claims(1, 2, 'xledger');
create temp table run as select tests.exported_run(1) as id;
select tests.move_clock('2 min');
create temp table lease as select tests.start_follow_up() as id;
select tests.move_clock('1 s');
select is(tests.void(r.id, '{1}'), '1', 'it is voided') from run as r;
create temp table again as select tests.exported_run(1) as id;

-- when
select accounting.record_follow_up(
  tests.follow_up_report(l.id, '{1}', '{1}', '{}')
)
from lease as l;

-- then
select is((tests.reservation(a.id, 1)).booked_at, null, 'that was the voucher before')
from again as a;
select is((tests.reservation(r.id, 1)).booked_at, null, 'and of that nobody asks any more')
from run as r;

select * from finish();
rollback;
