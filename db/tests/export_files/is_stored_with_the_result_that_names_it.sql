begin;
select plan(7);

-- given
select tests.file_organisation(2);
create temp table run as select tests.request(tests.organisation_id(), 1, 2) as id;

-- when
select is(
  tests.attempt(r.id, tests.file_item(r.id, '{1, 2}')), 'produced', 'a file waits for its import'
)
from run as r;

-- then
select ok(
  convert_from(f.content, 'UTF8') = 'a,b' and f.bytes = 3
    and f.sha256 = encode(sha256('a,b'), 'hex') and f.claim_ids = tests.claim_ids(1, 2),
  'it is stored, with its length and hash and the claims in it'
)
from accounting.export_files as f;
select is(x.wire_sha256, f.sha256, 'the trail names its hash')
from accounting.export_runs as x, accounting.export_files as f;
select is(
  (tests.run(r.id)).ended_at, null, 'the run has not ended: a double click meets it'
)
from run as r;
select is((tests.claim(1)).exported_at, null, 'no claim is marked as exported yet');
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'and no run takes it');
select is(tests.counts(r.id), '0 0 0 2', 'for a coordinator both are still open') from run as r;

select * from finish();
rollback;
