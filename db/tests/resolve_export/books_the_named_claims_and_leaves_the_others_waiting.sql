begin;
select plan(7);

-- given
select tests.organisation_with_claims(1, 3);
create temp table run as select tests.run_in_review(1, 2, 3) as id;

-- when
create temp table answer as
select tests.resolve(r.id, 'booked_by_hand', tests.ids(1, '1001') || tests.ids(2)) as state
from run as r;

-- then
select is((select a.state from answer as a), 'needs_review', 'the run waits on');
select is(tests.counts(r.id), '2 0 0 1', 'two claims are settled') from run as r;
select is(
  (tests.reservation(r.id, 1)).external_ids, '["1001"]', 'the id that was seen is told'
)
from run as r;
select is((tests.reservation(r.id, 3)).released_at, null, 'the third stays reserved') from run as r;
select is(tests.attention(r.id), '{needs_review}', 'and somebody has to look on') from run as r;
select is(
  tests.resolve(r.id, 'proved_absent'), 'partially_exported', 'the third one is settled apart'
)
from run as r;
select is(tests.counts(r.id), '2 1 0 0', 'as given up') from run as r;

select * from finish();
rollback;
