begin;
select plan(5);

-- given
select tests.organisation(1);
select tests.append(tests.organisation_id(1), 'accepted', '{1}');
-- when, then
select throws_ok(
  'update accounting.audit_heads set seq = seq + 2', 'AX021', null, 'not by two'
);
select throws_ok('update accounting.audit_heads set seq = seq - 1', 'AX021', null, 'not back');
select throws_ok(
  'update accounting.audit_heads set hash = repeat(''a'', 64)', 'AX021', null, 'nor on the spot'
);
select throws_ok('delete from accounting.audit_heads', 'AX021', null, 'no head is deleted');
select throws_ok('truncate accounting.audit_heads', 'AX021', null, 'nor are all of them');

select * from finish();
rollback;
