begin;
select plan(4);

-- given: labels and kinds in the mapping, texts in the settings
select tests.organisation_with_claims(1, 1, 'xledger');
update accounting.account_mappings
set label = 'Kilometergodtgjørelse',
  by_kind = '{"driver_honorarium": {"account": "5330", "tax_code": null}}'
where expense_type = 'mileage';
update accounting.integrations
set settings = settings || '{"line_text": "{type} {date}"}';
-- when
create temporary table frozen as
  select (accounting.request_export(tests.organisation_id(1), tests.claim_ids(1), 'app-1')).*;
-- then
select is(
  (select frozen_input #> '{mappings,mileage}' from frozen),
  '{"account": "7100", "tax_code": null, "dimensions": {}, "label": "Kilometergodtgjørelse",
    "by_kind": {"driver_honorarium": {"account": "5330", "tax_code": null}}}',
  'the mapping with its label, and what is different for a kind, nulls included'
);
select is(
  (select frozen_input #>> '{settings,line_text}' from frozen), '{type} {date}', 'the texts'
);
-- when: all is changed
update accounting.account_mappings set label = 'Bil', by_kind = '{}';
update accounting.integrations set settings = settings || '{"line_text": "{type}"}';
-- then
select is(
  (select e.frozen_input from accounting.export_requests as e), (select frozen_input from frozen),
  'what will be sent is as it was when the run was made'
);
-- when: the organisation stays with the first mapper
update accounting.account_mappings set label = null;
update accounting.integrations
set settings = '{"liability_account": "2910", "mapper": "xledger/1"}';
-- then
select is(
  accounting.freeze_input(tests.organisation_id(1), 'xledger', tests.claim_ids(1))
    ->> 'mapper_version',
  'xledger/1', 'a run is made for the mapper that the settings name'
);

select * from finish();
rollback;
