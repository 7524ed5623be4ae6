begin;
select plan(5);

-- given
select tests.organisation_with_trail(1, 6);
-- when, then
select is(
  tests.verdict_after('delete from accounting.export_runs where seq > 4'),
  '5: the tail was cut off: the head says 6 rows, and rows from 5 on are missing', 'the head knows'
);
select is(
  tests.verdict_after('delete from accounting.export_runs'),
  '1: the tail was cut off: the head says 6 rows, and rows from 1 on are missing', 'all of it'
);
select is(
  tests.verdict_after('
    delete from accounting.export_runs where seq > 4;
    delete from accounting.audit_heads'),
  '5: the head is missing: whether rows followed row 4 can not be told', 'and the head with it'
);
select is(
  tests.verdict_after('
    delete from accounting.export_runs where seq > 4;
    update accounting.audit_heads set seq = 4'),
  '4: row 4 or the head was changed: the head has another hash', 'the head''s number is not enough'
);
select is(
  tests.verdict_after('
    delete from accounting.export_runs where seq > 4;
    update accounting.audit_heads as h set seq = 4, hash = r.hash
    from accounting.export_runs as r where r.seq = 4'),
  'valid, 4 rows',
  'cut, and the head moved back as if it had always been there: only a head kept elsewhere tells'
);

select * from finish();
rollback;
