begin;
select plan(2);

-- given
select tests.organisation(1);
-- when
select tests.append(
  tests.organisation_id(1), 'unknown', '{1}',
  '{"error_message": "no luck for kari@example.no with Bearer abc.def-123"}'
);
-- then
select is(
  (select error_message from accounting.export_runs),
  'no luck for [e-mail] with Bearer [masked]', 'a remote''s words are masked'
);
select is(
  (select hash from accounting.export_runs),
  (select accounting.hash_export_run(r) from accounting.export_runs as r),
  'the hash is over the masked words: the trail verifies'
);

select * from finish();
rollback;
