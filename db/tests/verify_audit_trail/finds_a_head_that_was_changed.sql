begin;
select plan(4);

-- given
select tests.organisation_with_trail(1, 6);
select tests.organisation(2);
-- when, then
select is(
  tests.verdict_after('update accounting.audit_heads set hash = repeat(''a'', 64)'),
  '6: row 6 or the head was changed: the head has another hash', 'its hash'
);
select is(
  tests.verdict_after('
    update accounting.audit_heads as h set seq = 4, hash = r.hash
    from accounting.export_runs as r where r.seq = 4'),
  '5: the head was moved back, or rows were added past it: it says 4 rows, there are 6',
  'its place'
);
select is(
  tests.verdict_after('delete from accounting.audit_heads'),
  '7: the head is missing: whether rows followed row 6 can not be told', 'gone'
);
select is(
  tests.verdict_after('insert into accounting.audit_heads (organisation_id, seq, hash)
    values (tests.organisation_id(2), 0, repeat(''a'', 64))', 2),
  '1: the head was changed: there is no row, and yet it has a hash', 'a head of nothing'
);

select * from finish();
rollback;
