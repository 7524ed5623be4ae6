begin;
select plan(4);

-- given
select tests.file_organisation(2);
create temp table run as select tests.produced_run(1, 2) as id;
select tests.confirm(r.id) from run as r;
select is(tests.download(r.id), 'a,b', 'an imported file may be looked at') from run as r;

-- when a claim of it is voided, and so may be in another file soon
select tests.void(r.id, '{1}') from run as r;

-- then
select is(tests.download(r.id), 'AX028', 'it is not given out any more') from run as r;
select throws_ok(
  format('select accounting.file_for_operator(%L)', r.id), 'AX028', null, 'nor to an operator'
)
from run as r;
select is(
  (select convert_from(f.content, 'UTF8') from accounting.export_files as f), 'a,b',
  'but it is kept as it was'
);

select * from finish();
rollback;
