begin;
select plan(3);

-- given
select tests.organisation_with_claims(1);
create temporary table before as
  select * from accounting.request_export(tests.organisation_id(1), tests.claim_ids(1), 'app-1');
-- when: account, settings and the organisation's name change
update accounting.account_mappings set account = '9999';
update accounting.integrations set settings = settings || '{"liability_account": "2999"}';
update accounting.organisations set name = 'Renamed';
-- then
select is(
  (select frozen_input from accounting.export_requests), (select frozen_input from before),
  'what will be sent is as it was when the run was made'
);
select is(
  (
    select s.batch #>> '{input,mappings,mileage,account}'
    from before
    cross join lateral accounting.start_attempt(
      organisation_id, run_id, tests.lease(run_id)
    ) as s
  ),
  '7100',
  'a start hands out the frozen account'
);
select is(
  (
    select m.account
    from jsonb_to_record(
      accounting.freeze_input(tests.organisation_id(1), 'business_central', tests.claim_ids(1))
        #> '{mappings,mileage}'
    ) as m (account text)
  ),
  '9999',
  'a run made now would freeze the new one'
);

select * from finish();
rollback;
