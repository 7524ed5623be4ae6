begin;
select plan(5);

-- given
select tests.organisation(1, 'xledger');
select tests.put_claim(tests.organisation_id(1), 2);
select tests.put_claim(tests.organisation_id(1), 1, '{"total": "35.00", "lines": [
  {"type": "toll", "date": "2026-03-01", "amount": "40.00", "text": "Bomring"},
  {"type": "toll", "date": "2026-03-02", "amount": "-5.00", "quantity": "2"}]}');
-- when
create temporary table run as
  select * from accounting.request_export(tests.organisation_id(1), tests.claim_ids(2, 1), 'app-1');
create temporary table frozen as select frozen_input as input from run;
-- then
select is(
  (select input #> '{claims,0}' from frozen),
  jsonb_build_object(
    'claim_id', tests.claim_id(1), 'reference', 'T-1', 'kind', 'travel_expense',
    'claimant_id', 'person-1', 'claimant_name', 'Kari Eksempel', 'currency', 'NOK',
    'total', '35.00', 'lines', '[
      {"line_no": 1, "type": "toll", "date": "2026-03-01", "amount": "40.00", "quantity": null,
        "text": "Bomring"},
      {"line_no": 2, "type": "toll", "date": "2026-03-02", "amount": "-5.00", "quantity": "2.000",
        "text": null}]'::jsonb
  ),
  'claims stand sorted by id, with their lines, money as text'
);
select is(
  (select input -> 'mappings' from frozen),
  '{"mileage": {"account": "7100", "tax_code": null, "dimensions": {}},
    "toll": {"account": "7140", "tax_code": "1", "dimensions": {"project": "100"}}}',
  'with the mappings of their types'
);
select is(
  (select input - '{claims,mappings}'::text[] from frozen),
  jsonb_build_object(
    'version', 1, 'system', 'xledger', 'mapper_version', 'xledger/2',
    'organisation', jsonb_build_object(
      'id', tests.organisation_id(1), 'name', 'Organisation 1', 'prefix', 'O1'
    ),
    'settings', '{"liability_account": "2910"}'::jsonb,
    'posting_date', (accounting.clock() at time zone 'Europe/Oslo')::date
  ),
  'system, mapper, organisation, settings and the posting date'
);
select is(
  (select input_sha256 from run), (select accounting.sha256_text(input::text) from frozen),
  'the hash is that of the input'
);
select is((select mapper_version from run), 'xledger/2', 'the mapper stands in a column too');

select * from finish();
rollback;
