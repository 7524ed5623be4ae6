begin;
select plan(4);

-- given
select tests.file_organisation(1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
create temp table lease as
select tests.start(tests.organisation_id(), r.id) as id from run as r;

-- when, then
select throws_ok(
  $$ select tests.record(tests.organisation_id(), r.id, l.id, 'accepted', '{1}') from run as r, lease as l $$,
  'AX023', null, 'none is accepted that didn''t come along'
);
select throws_ok(
  $$ select tests.record(tests.organisation_id(), r.id, l.id, 'found', '{1}') from run as r, lease as l $$,
  'AX023', null, 'none is found that isn''t there'
);
select is(
  tests.violation_of(format(
    'insert into accounting.export_files (organisation_id, run_id, batch_key, name, format,
       claim_ids, content, sha256, bytes, other_content, other_sha256)
     select e.organisation_id, e.run_id, e.batch_key, %L, ''csv'', e.claim_ids, ''a'',
       encode(sha256(''a''), ''hex''), 1, ''b'', encode(sha256(''b''), ''hex'')
     from accounting.export_requests as e', 'O1-00000000000000000000.csv'
  )),
  '23514 name_holds_the_batch_key', 'a name comes from the batch key'
);
select is(
  tests.violation_of(format(
    'insert into accounting.export_files (organisation_id, run_id, batch_key, name, format,
       claim_ids, content, sha256, bytes, other_content, other_sha256)
     select e.organisation_id, e.run_id, e.batch_key, ''O1-'' || upper(left(e.batch_key, 20)) || ''.csv'',
       ''csv'', e.claim_ids, ''a'', encode(sha256(''b''), ''hex''), 1, ''b'',
       encode(sha256(''b''), ''hex'')
     from accounting.export_requests as e'
  )),
  '23514 sha256_is_of_the_content', 'a hash is of the content'
);

select * from finish();
rollback;
