begin;
select plan(3);

-- given a run of which the trail knows that it is booked
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.attempt(r.id, tests.item('not_applied', '{1}')) from run as r;
select tests.append_row(r.id, 'accepted', '{1}') from run as r;

-- when, then
select is(tests.cancel(r.id), 'exported', 'it is exported instead') from run as r;
select is(tests.counts(r.id), '1 0 0 0', 'with its claim') from run as r;
select is_empty(
  $$ select * from accounting.export_runs where kind = 'decision' $$, 'the trail has no decision'
);

select * from finish();
rollback;
