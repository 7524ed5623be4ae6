begin;
select plan(7);

-- given
select tests.organisation_with_claims(1, 2);
create temp table run as select tests.run_in_review(1, 2) as id;
select is(tests.counts(r.id), '0 0 0 2', 'two claims are open') from run as r;

-- when
create temp table answer as
select tests.resolve(r.id, 'booked_by_hand') as state from run as r;

-- then
select is((select a.state from answer as a), 'exported', 'the run is exported');
select is(tests.counts(r.id), '2 0 0 0', 'with both claims') from run as r;
select is((tests.claim(2)).exported_run_id, r.id, 'which are marked as exported') from run as r;
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'the guard knows it');
select is(
  (tests.trail(r.id))[3], 'decision booked_by_hand', 'the trail says that it was a person''s word'
)
from run as r;
select is(tests.attention(r.id), '{}', 'nobody has to look any more') from run as r;

select * from finish();
rollback;
