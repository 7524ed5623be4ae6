begin;
select plan(5);

-- given a claim that a run booked after it was released, while another one sent it too
select tests.organisation_with_claims(1, 1);
create temp table first as select tests.request(tests.organisation_id(), 1) as id;
create temp table lease as
select tests.start(tests.organisation_id(), f.id) as id from first as f;
select tests.move_clock('11 s');
select accounting.sweep();
select tests.answer(f.id, tests.item('unclear', '{1}', '{"needs_person": true}')) from first as f;
select tests.move_clock_to((tests.run(f.id)).quarantine_until) from first as f;
select tests.resolve(f.id, 'proved_absent') from first as f;
create temp table second as select tests.exported_run(1) as id;
select tests.record(
  tests.organisation_id(), f.id, l.id, 'accepted', '{1}',
  jsonb_build_object('external_ids', tests.ids(1, '77'))
)
from first as f, lease as l;
select is(tests.attention(f.id), '{booked_late}', 'it is told late') from first as f;

-- when a person removes the first booking
select is(tests.void(f.id, '{1}'), '1', 'it can be voided') from first as f;

-- then
select is(tests.attention(f.id), '{}', 'nobody has to look any more') from first as f;
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'the second one counts');
select is((tests.claim(1)).exported_run_id, s.id, 'and is named as the exporting run')
from second as s;

select * from finish();
rollback;
