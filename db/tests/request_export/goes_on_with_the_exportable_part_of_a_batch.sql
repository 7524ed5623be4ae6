begin;
select plan(4);

-- given: claim 1 exportable, 2 unmapped, 3 withdrawn, 4 unknown
select tests.organisation(1);
select tests.put_claim(tests.organisation_id(1), 1);
select tests.put_claim(tests.organisation_id(1), 2, '{"lines": [
  {"type": "parking", "date": "2026-03-02", "amount": "100.50"}]}');
select tests.put_claim(tests.organisation_id(1), 3, '{"state": "withdrawn"}');
-- when
create temporary table run as
  select *
  from accounting.request_export(tests.organisation_id(1), tests.claim_ids(1, 2, 3, 4), 'app-1');
-- then
select is((select state from run), 'queued', 'the run goes on with what is exportable');
select results_eq(
  $$ select verdict from accounting.claim_reservations order by claim_id $$,
  array['exportable', 'unmapped', 'not_approved', 'unknown'],
  'the others are recorded, each with its verdict'
);
select is(
  (select jsonb_path_query_array(frozen_input, '$.claims[*].reference') from run), '["T-1"]',
  'what is sent holds the exportable claim alone'
);
select is(
  tests.verdict(tests.organisation_id(1), 2), 'unmapped', 'a claim left out is not held by the run'
);

select * from finish();
rollback;
