begin;
select plan(4);

-- given a file that somebody else's transaction wrote, of the same run
select tests.file_organisation(1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select accounting.store_file(
  tests.run(r.id), tests.claim_ids(1), tests.file(r.id, 'the first') -> 'file'
)
from run as r;

-- when
select is(tests.attempt(r.id, tests.file_item(r.id, '{1}')), 'produced', 'it is found again')
from run as r;

-- then
select is((select count(*) from accounting.export_files), 1::bigint, 'there is one file');
select is(
  (select convert_from(f.content, 'UTF8') from accounting.export_files as f),
  'the first', 'with the bytes that it had'
);
select is(
  (select x.wire_sha256 from accounting.export_runs as x), encode(sha256('the first'), 'hex'),
  'and the trail tells of these'
);

select * from finish();
rollback;
