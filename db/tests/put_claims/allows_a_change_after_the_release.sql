begin;
select plan(2);

-- given: a run that was refused
select tests.organisation_with_claims(1, 1);
create temporary table run as select tests.request(tests.organisation_id(1), 1) as id;
select tests.record(
  tests.organisation_id(1), id, tests.start(tests.organisation_id(1), id), 'rejected', '{1}'
) from run;
select tests.sign_in(tests.organisation_id(1), 'app');
-- when, then
select is(
  (
    select result
    from api.put_claims(jsonb_build_array(tests.claim_json(1, '{"total": "99", "lines": [
      {"type": "toll", "date": "2026-03-02", "amount": "99"}]}')))
  ),
  'updated',
  'a refused claim can be mended'
);
insert into api.export_requests (claim_ids) values (tests.claim_ids(1));
select is(
  (select count(*) from api.export_requests where state = 'queued'), 1::bigint,
  'and exported anew'
);

select * from finish();
rollback;
