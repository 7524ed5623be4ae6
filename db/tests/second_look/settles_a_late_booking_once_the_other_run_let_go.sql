begin;
select plan(4);

-- given a claim that the first run released and booked late, while a second one had sent it
select tests.organisation_with_claims(1, 1);
create temp table first as select tests.request(tests.organisation_id(), 1) as id;
create temp table lease as select tests.start(tests.organisation_id(), f.id) as id from first as f;
select tests.record(tests.organisation_id(), f.id, l.id, 'rejected', '{1}') from first as f, lease as l;
create temp table second as select tests.request(tests.organisation_id(), 1) as id;
select tests.attempt(s.id, tests.item('unknown', '{1}')) from second as s;
select tests.record(
  tests.organisation_id(), f.id, l.id, 'accepted', '{1}',
  jsonb_build_object('external_ids', tests.ids(1, '1001'))
) from first as f, lease as l;
select is(tests.attention(f.id), '{booked_late}', 'a person is told') from first as f;

-- when the second one is known to have booked nothing, and the first one is asked about
select tests.move_clock_to((tests.run(s.id)).quarantine_until) from second as s;
select is(tests.resolve(s.id, 'proved_absent'), 'failed', 'the second one lets go')
from second as s;
select tests.reconcile(f.id) from first as f;
select tests.answer_again(
  f.id, tests.item('found', '{1}', jsonb_build_object('external_ids', tests.ids(1, '1001')))
) from first as f;

-- then
select is(
  ((tests.reservation(f.id, 1)).released_at, (tests.reservation(f.id, 1)).outcome)::text,
  '(,found)', 'the first one holds the claim again'
)
from first as f;
select tests.reconcile(f.id) from first as f;
select tests.answer_again(
  f.id, tests.item('found', '{1}', jsonb_build_object('external_ids', tests.ids(1, '1001')))
) from first as f;
select is(tests.attention(f.id), '{}', 'asking again puts it at rest') from first as f;

select * from finish();
rollback;
