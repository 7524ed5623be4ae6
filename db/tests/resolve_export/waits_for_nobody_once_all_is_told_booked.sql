begin;
select plan(3);

-- given a run that waits for a person, whose attempt answers late
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
create temp table lease as
select l.id from run as r
cross join lateral (select tests.start(tests.organisation_id(), r.id)) as l (id);
select tests.move_clock('11 s');
select accounting.sweep();
select tests.answer(r.id, tests.item('unclear', '{1}', '{"needs_person": true}')) from run as r;
select is(tests.state_of(r.id), 'needs_review', 'a person has to look') from run as r;

-- when
select tests.record(tests.organisation_id(), r.id, l.id, 'accepted', '{1}')
from run as r, lease as l;

-- then
select is(tests.counts(r.id), '1 0 0 0', 'the claim is delivered') from run as r;
select is(
  tests.resolve(r.id, 'booked_by_hand'), 'exported', 'the person''s word ends the run'
)
from run as r;

select * from finish();
rollback;
