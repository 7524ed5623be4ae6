begin;
select plan(3);

-- given
select tests.organisation(1, 'xledger', '{"is_enabled": false}'), tests.organisation(2);
delete from accounting.integrations where organisation_id = tests.organisation_id(2);
-- when, then
select throws_ok(
  'select tests.request(tests.organisation_id(2), 1)', 'AX007', null,
  'an organisation without an integration can''t export'
);
select throws_ok(
  'select tests.request(tests.organisation_id(1), 1)', 'AX008', null,
  'nor can one whose integration is disabled'
);
select is_empty('select from accounting.export_requests', 'nothing was stored');

select * from finish();
rollback;
