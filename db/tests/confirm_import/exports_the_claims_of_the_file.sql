begin;
select plan(7);

-- given
select tests.file_organisation(2);
create temp table run as select tests.produced_run(1, 2) as id;
select is(tests.attention(r.id), '{produced}', 'somebody has to import it') from run as r;

-- when
select is(tests.confirm(r.id), 'exported', 'a coordinator says that it was imported')
from run as r;

-- then
select is((tests.claim(1)).exported_run_id, r.id, 'its claims are exported') from run as r;
select isnt((tests.claim(2)).exported_at, null, 'from now on');
select is(
  (
    select x.actor || ', ' || x.error_message || ', ' || x.claim_ids::text
    from accounting.export_runs as x where x.outcome = 'import_confirmed'
  ),
  'coordinator-1, voucher 7 seen, ' || to_jsonb(tests.claim_ids(1, 2))::text, 'the trail has who and why'
);
select is(tests.attention(r.id), '{}', 'nobody has to look any more') from run as r;
select is(tests.counts(r.id), '2 0 0 0', 'both count as delivered') from run as r;

select * from finish();
rollback;
