begin;
select plan(5);

-- given claims that were sent to one address, and later ones to another
select tests.organisation_with_claims(1, 4, 'xledger');
create temp table run as select tests.exported_run(1) as id;
select tests.move_clock('1 min');
select tests.exported_run(2, 3);
update accounting.integrations set endpoint = 'https://elsewhere.example';
select tests.move_clock('1 min');
select tests.exported_run(4);

-- when
select tests.move_clock('1 hour');
create temp table started as
select l.*, s.batch
from accounting.lease_runs('dispatcher-1', 100) as l
cross join lateral accounting.start_follow_up(l.organisation_id, l.lease_id) as s;

-- then
select is((select array_agg(s.purpose) from started as s), '{follow}', 'one follow-up for all');
select is((select s.batch ->> 'endpoint' from started as s), 'https://ledger.example/1',
  'they are asked for where they were sent');
select is(
  (select jsonb_path_query_array(s.batch, '$.delivered[*].reference') from started as s),
  '["T-1", "T-2", "T-3"]', 'those of several runs together'
);
select is(
  (select s.batch #> '{delivered,0,externalIds}' from started as s), '["1001"]',
  'with the ids that they are known by'
);
select is(
  (select d.claim_ids
    from accounting.claims_to_follow_up(tests.organisation_id(), 'xledger', 2) as d),
  tests.claim_ids(1, 2), 'as many as one may ask for, the longest due first'
);

select * from finish();
rollback;
