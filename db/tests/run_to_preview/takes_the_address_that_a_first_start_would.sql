begin;
select plan(3);

-- given: two runs, one of them sent before the address changed
select tests.organisation_with_claims(1, 2);
create temporary table run as
  select tests.request(tests.organisation_id(1), 1) as sent,
    tests.request(tests.organisation_id(1), 2) as waiting;
select tests.start(tests.organisation_id(1), sent) from run;
update accounting.integrations set endpoint = 'https://new.example/';
-- when, then
select is(
  (select accounting.run_to_preview(waiting) #>> '{batch,endpoint}' from run),
  'https://new.example/', 'what was never sent goes to the address that is set up now'
);
select is(
  (select accounting.run_to_preview(sent) #>> '{batch,endpoint}' from run),
  'https://ledger.example/1', 'what was sent stays at its address'
);
select is(
  (select accounting.run_to_preview(waiting) #>> '{batch,openClaimIds}' from run),
  to_jsonb(tests.claim_ids(2))::text, 'with its claims'
);

select * from finish();
rollback;
