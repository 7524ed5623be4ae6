begin;
select plan(4);

-- given
select tests.organisation_with_trail(1, 6);
-- when, then
select is(
  tests.verdict_after('delete from accounting.export_runs where seq = 3'),
  '3: row 3 is missing', 'in the middle'
);
select is(
  tests.verdict_after('delete from accounting.export_runs where seq in (3, 4)'),
  '3: rows 3 to 4 are missing', 'several'
);
select is(
  tests.verdict_after('delete from accounting.export_runs where seq = 1'),
  '1: row 1 is missing', 'the first'
);
select is(
  tests.verdict_after('
    delete from accounting.export_runs where seq = 3;
    update accounting.export_runs set seq = seq + 100 where seq > 3;
    update accounting.export_runs set seq = seq - 101 where seq > 100;
    update accounting.audit_heads set seq = 5'),
  '3: row 3 was changed: its hash does not fit its content',
  'a gap that was closed: the number is sealed too'
);

select * from finish();
rollback;
