begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 2, 'xledger');
create temp table run as select tests.exported_run(1, 2) as id;
create temp table trail as select tests.trail(r.id) as rows from run as r;

-- when
select tests.follow_up('{1, 2}', '{1}');

-- then
select is(
  (select array[c.booked_at, c.fault::timestamptz] from api.export_claims as c
    where c.claim_id = tests.claim_id(1)),
  array[accounting.clock(), null], 'the coordinator sees when it was told'
);
select is((tests.reservation(r.id, 1)).follow_at, null, 'it is not asked for again') from run as r;
select isnt((tests.reservation(r.id, 2)).follow_at, null, 'its sibling is') from run as r;
select is(tests.trail(r.id), t.rows, 'nothing goes into the trail') from run as r, trail as t;

select * from finish();
rollback;
