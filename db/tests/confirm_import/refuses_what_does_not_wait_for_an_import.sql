begin;
select plan(7);

-- given a run that waits to be written, one that was confirmed, and one that writes no file
select tests.file_organisation(2);
create temp table queued as select tests.request(tests.organisation_id(), 1) as id;
create temp table done as select tests.produced_run(2) as id;
select tests.confirm(d.id) from done as d;
select tests.organisation_with_claims(2, 1);

-- when, then
select is(tests.confirm(q.id), 'AX018', 'nothing was written yet') from queued as q;
select is(tests.confirm(d.id), 'AX018', 'it was confirmed before') from done as d;
select is(tests.confirm(tests.request(tests.organisation_id(2), 1)), 'AX016', 'another organisation''s');
select is(tests.confirm(d.id, ' '), 'AX017', 'without evidence') from done as d;
select is(
  tests.act(format('select api.confirm_import(%L, ''seen'')', d.id), 'app'), 'AX009',
  'only a coordinator may'
)
from done as d;
select is(
  (select count(*) from accounting.export_runs as x where x.kind = 'decision'), 1::bigint,
  'nothing of this is in the trail'
);
select is(tests.resolve(d.id, 'booked_by_hand'), 'AX018', 'nor is it resolved') from done as d;

select * from finish();
rollback;
