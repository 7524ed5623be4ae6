begin;
select plan(4);

-- given a claim that is marked as exported by the first of two runs that booked it
select tests.organisation_with_claims(1, 1);
create temp table first as select tests.request(tests.organisation_id(), 1) as id;
create temp table lease as
select tests.start(tests.organisation_id(), f.id) as id from first as f;
select tests.move_clock('11 s');
select accounting.sweep();
select tests.answer(f.id, tests.item('unclear', '{1}', '{"needs_person": true}')) from first as f;
select tests.move_clock_to((tests.run(f.id)).quarantine_until) from first as f;
select tests.resolve(f.id, 'proved_absent') from first as f;
create temp table second as select tests.request(tests.organisation_id(), 1) as id;
create temp table sending as
select tests.start(tests.organisation_id(), s.id) as id from second as s;
select tests.record(
  tests.organisation_id(), f.id, l.id, 'accepted', '{1}',
  jsonb_build_object('external_ids', tests.ids(1, '77'))
)
from first as f, lease as l;
select tests.record(tests.organisation_id(), s.id, l.id, 'accepted', '{1}')
from second as s, sending as l;
select is((tests.claim(1)).exported_run_id, f.id, 'the first one is named') from first as f;

-- when
select is(tests.void(f.id, '{1}'), '1', 'the first one is voided') from first as f;

-- then
select is((tests.claim(1)).exported_run_id, s.id, 'the second one is named') from second as s;
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'the claim is exported');

select * from finish();
rollback;
