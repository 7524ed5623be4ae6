begin;
select plan(3);

-- given
select tests.organisation_with_trail(1, 6);
-- when, then
select is(
  tests.verdict_after('
    update accounting.export_runs set seq = 100 where seq = 3;
    update accounting.export_runs set seq = 3 where seq = 4;
    update accounting.export_runs set seq = 4 where seq = 100'),
  '3: rows were reordered: what was sealed as row 3 now has the number 4', 'two changed places'
);
select is(
  tests.verdict_after('
    update accounting.export_runs set seq = 100 where seq = 2;
    update accounting.export_runs set seq = seq + 1000 where seq between 3 and 6;
      update accounting.export_runs set seq = seq - 1001 where seq between 1003 and 1006;
    update accounting.export_runs set seq = 6 where seq = 100'),
  '2: rows were reordered: what was sealed as row 2 now has the number 6', 'one was put last'
);
select is(
  tests.verdict_after('update accounting.export_runs set seq = 10 where seq = 4'),
  '4: rows were reordered: what was sealed as row 4 now has the number 10', 'past the end'
);

select * from finish();
rollback;
