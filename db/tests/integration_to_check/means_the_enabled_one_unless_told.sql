begin;
select plan(4);

-- given: Business Central is replaced by Xledger
select tests.organisation(1);
select tests.organisation(1, 'xledger');
-- when, then
select is(accounting.integration_to_check('O1') ->> 'system', 'xledger', 'the enabled one');
select is(
  accounting.integration_to_check('O1', 'business_central') ->> 'isEnabled', 'false',
  'another one by its name, enabled or not'
);
select is(
  accounting.integration_to_check('O1') -> 'mappings' -> 'toll',
  '{"account": "7140", "tax_code": "1", "dimensions": {"project": "100"}}'::jsonb,
  'with the mappings as they are now'
);
update accounting.account_mappings
set label = 'Bompenger', by_kind = '{"driver_honorarium": {"account": "7150"}}'
where organisation_id = tests.organisation_id(1) and expense_type = 'toll';
select is(
  accounting.integration_to_check('O1') -> 'mappings' -> 'toll',
  '{"account": "7140", "tax_code": "1", "dimensions": {"project": "100"}, "label": "Bompenger",
    "by_kind": {"driver_honorarium": {"account": "7150"}}}'::jsonb,
  'and what is different for a kind of claim'
);

select * from finish();
rollback;
