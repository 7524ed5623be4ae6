begin;
select plan(6);

-- given
select tests.organisation_with_trail(1, 6);
-- when, then
select is(tests.verdict_on_trail(), 'valid, 6 rows', 'nobody has touched it');
select is(
  tests.verdict_after('update accounting.export_runs set outcome = ''accepted'', http_status = 200
    where seq = 3'),
  '3: row 3 was changed: its hash does not fit its content', 'its content'
);
select is(
  tests.verdict_after('update accounting.export_runs set hash = repeat(''a'', 64) where seq = 1'),
  '1: row 1 was changed: its hash does not fit its content', 'its hash'
);
select is(
  tests.verdict_after('update accounting.export_runs set recorded_at = recorded_at
    + interval ''1 microsecond'' where seq in (4, 6)'),
  '4: row 4 was changed: its hash does not fit its content', 'the first of two is named'
);
select is(
  tests.verdict_after('update accounting.export_runs set started_at = ''infinity'' where seq = 5'),
  '5: row 5 was changed: it holds a time that has no hash', 'to what can''t be hashed'
);
select is(
  tests.verdict_after('update accounting.export_runs set organisation_id = organisation_id,
    claim_ids = claim_ids || ''["00000000-0000-4000-9000-000000000009"]'' where seq = 2'),
  '2: row 2 was changed: its hash does not fit its content', 'a claim that was put in'
);

select * from finish();
rollback;
