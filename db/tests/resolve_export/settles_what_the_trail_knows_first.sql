begin;
select plan(3);

-- given a run that waits for a person, of which the trail knows that one claim is booked
select tests.organisation_with_claims(1, 2);
create temp table run as select tests.run_in_review(1, 2) as id;
select tests.append_row(r.id, 'accepted', '{1}') from run as r;

-- when
create temp table answer as select tests.resolve(r.id, 'proved_absent') as state from run as r;

-- then
select is((select a.state from answer as a), 'partially_exported', 'one claim is delivered');
select is(tests.counts(r.id), '1 1 0 0', 'the other one was given up') from run as r;
select is(
  (select x.claim_ids from accounting.export_runs as x where x.outcome = 'proved_absent'),
  to_jsonb(tests.claim_ids(2)), 'the person''s word concerns that one alone'
);

select * from finish();
rollback;
