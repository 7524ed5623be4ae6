-- Whoever knows how rows are sealed can give a changed row a hash that fits; the next row tells.
begin;
select plan(3);

-- given
select tests.organisation_with_trail(1, 6);
-- when, then
select is(
  tests.verdict_after('
    update accounting.export_runs set actor = ''somebody'' where seq = 3;
    update accounting.export_runs as r set hash = accounting.hash_export_run(r) where seq = 3'),
  '4: row 4 does not continue row 3: one of the two was replaced and sealed anew',
  'the row after it does not continue it'
);
select is(
  tests.verdict_after('
    update accounting.export_runs set actor = ''somebody'' where seq = 6;
    update accounting.export_runs as r set hash = accounting.hash_export_run(r) where seq = 6'),
  '6: row 6 or the head was changed: the head has another hash', 'after the last row, the head'
);
select is(
  tests.verdict_after('
    delete from accounting.export_runs where seq = 1;
    update accounting.export_runs set seq = seq + 100;
    update accounting.export_runs set seq = seq - 101;
    update accounting.export_runs as r set hash = accounting.hash_export_run(r) where seq = 1;
    update accounting.audit_heads set seq = 5'),
  '1: row 1 continues another row: what came before it was removed',
  'a trail whose beginning was removed'
);

select * from finish();
rollback;
