begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 1, 'xledger');
create temp table run as select tests.exported_run(1) as id;
select tests.move_clock('59 days');
select tests.follow_up('{1}');
select is_empty('select * from api.export_attention', 'for 59 days it is patient');

-- when
select tests.move_clock('25 hours');
select tests.follow_up('{1}');

-- then
select is(
  (select array[a.kind, a.reason] from api.export_attention as a),
  '{faulted, "delivered over 60 days ago, and not booked since"}', 'a person is told'
);
select is((tests.reservation(r.id, 1)).follow_at, null, 'nobody asks any more') from run as r;
-- and a person may have it asked once more
select tests.reconcile(r.id) from run as r;
select is((tests.reservation(r.id, 1)).follow_at, accounting.clock(), 'at once') from run as r;
select tests.follow_up('{1}', '{1}');
select is(tests.attention(r.id), '{}', 'booked at last') from run as r;

select * from finish();
rollback;
