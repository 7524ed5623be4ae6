begin;
select plan(6);

-- given an attempt that the sweep gave up, found, and voided by a person
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
create temp table lease as
select tests.start(tests.organisation_id(), r.id) as id from run as r;
select tests.move_clock('11 s');
select accounting.sweep();
select tests.answer(r.id, tests.item('found', '{1}', jsonb_build_object(
  'external_ids', tests.ids(1, '1001')
)))
from run as r;
select tests.move_clock_to((tests.run(r.id)).quarantine_until) from run as r;
select is(tests.void(r.id, '{1}'), '1', 'it is voided') from run as r;
create function pg_temp.tell_late (p_id text)
  returns void
  language sql
as $$
  select tests.record(
    tests.organisation_id(), r.id, l.id, 'accepted', '{1}',
    jsonb_build_object('external_ids', tests.ids(1, p_id), 'envelope_no', p_id::integer)
  )
  from run as r, lease as l;
$$;

-- when its dispatcher wakes up and tells of what was removed
select pg_temp.tell_late('1001');
-- then
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'that is no booking');
select is(tests.attention(r.id), '{}', 'and no reason to look') from run as r;

-- when it tells of something else
select pg_temp.tell_late('1002');
-- then
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'that is one');
select is(tests.attention(r.id), '{booked_late}', 'which somebody has to look at') from run as r;
select is(tests.void(r.id, '{1}'), '1', 'and may void as well') from run as r;

select * from finish();
rollback;
