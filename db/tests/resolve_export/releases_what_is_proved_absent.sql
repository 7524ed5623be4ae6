begin;
select plan(7);

-- given
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.run_in_review(1) as id;

-- when
create temp table answer as select tests.resolve(r.id, 'proved_absent') as state from run as r;

-- then
select is((select a.state from answer as a), 'failed', 'the run has failed');
select is(tests.counts(r.id), '0 1 0 0', 'the claim was given up') from run as r;
select isnt((tests.reservation(r.id, 1)).released_at, null, 'and released') from run as r;
select is((tests.claim(1)).exported_at, null, 'it is not marked as exported');
select is((tests.trail(r.id))[3], 'decision proved_absent', 'the trail says who said so')
from run as r;
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'another request may take it');
select is(
  tests.attempt(tests.request(tests.organisation_id(), 1), tests.item('accepted', '{1}')),
  'exported', 'and export it'
);

select * from finish();
rollback;
