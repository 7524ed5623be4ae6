begin;
select plan(15);

-- given a run of two claims, one of which was found, and a claim of another run
select tests.organisation_with_claims(1, 3);
create temp table run as select tests.request(tests.organisation_id(), 1, 2) as id;
select tests.attempt(r.id, tests.item('unknown', '{1, 2}')) from run as r;
select tests.answer(
  r.id, tests.item('found', '{1}'), tests.item('unclear', '{2}', '{"needs_person": true}')
)
from run as r;
select tests.request(tests.organisation_id(), 3);
select tests.move_clock_to((tests.run(r.id)).quarantine_until) from run as r;

-- when, then
select is(
  tests.resolve(r.id, n.resolution, n.ids), 'AX025',
  coalesce(n.resolution, 'null') || ': ' || n.what
)
from run as r
cross join (values
  (null, 'no resolution', null::jsonb),
  ('booked', 'no such word', null),
  ('voided', 'another act''s word', null),
  ('proved_absent', 'takes no ids', tests.ids(2, '1')),
  ('booked_by_hand', 'no object', '[]'),
  ('booked_by_hand', 'a JSON null', 'null'),
  ('booked_by_hand', 'names nothing', '{}'),
  ('booked_by_hand', 'a claim found before', tests.ids(1, '1')),
  ('booked_by_hand', 'another run''s claim', tests.ids(3, '1')),
  ('booked_by_hand', 'no claim', '{"x": ["1"]}'),
  ('booked_by_hand', 'one claim fits, one doesn''t', tests.ids(2, '1') || tests.ids(3, '1')),
  ('booked_by_hand', 'an id that is no text', jsonb_build_object(tests.claim_id(2), '[1]'::jsonb)),
  ('booked_by_hand', 'an id without a list', jsonb_build_object(tests.claim_id(2), '1'))
) as n (resolution, what, ids);
select is(tests.counts(r.id), '1 0 0 1', 'nothing is changed') from run as r;
select is_empty(
  $$ select * from accounting.export_runs where kind = 'decision' $$, 'the trail has no decision'
);

select * from finish();
rollback;
