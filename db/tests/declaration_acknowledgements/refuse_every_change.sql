begin;
select plan(6);

-- given
select tests.organisation(1);
select tests.declare(tests.organisation_id(), 0, 'nb', 'typed_name');
select tests.put_claim(tests.organisation_id(), 1);
select tests.acknowledge(tests.organisation_id(), 'person-1', 'Kari');
-- when, then
select throws_ok('update accounting.declaration_acknowledgements set channel = $$app$$
  where false', 'AX021', null,
  'no act is changed');
select throws_ok(
  'delete from accounting.declaration_acknowledgements where false', 'AX021', null,
  'or deleted'
);
select throws_ok(
  'truncate accounting.declaration_acknowledgements cascade', 'AX021', null,
  'or all at once'
);
select throws_ok('update accounting.declaration_texts set content = $$something else$$', 'AX021',
  null,
  'what was shown is not changed');
select throws_ok(
  'delete from accounting.declaration_texts where false', 'AX021', null,
  'nor deleted'
);
update accounting.declaration_texts set content = null, typed_name = null, erased_at = now();
select throws_ok('update accounting.declaration_texts set erased_at = null,
  content = $$back$$', 'AX021', null,
  'it may be erased, and what was erased stays so');

select * from finish();
rollback;
