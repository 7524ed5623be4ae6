begin;
select plan(8);

-- given
select tests.organisation_with_claims(1, 2);
select tests.move_to_server('1');
select accounting.lease_runs('dispatcher-1', 1); -- it is seen there
create temp table run as select tests.request(tests.organisation_id(), 1) as id;

-- when the database is restored elsewhere
select tests.move_to_server('2');
create temp table leased as select * from accounting.lease_runs('dispatcher-1', 100);

-- then
select is_empty($$ select * from leased where purpose = 'send' $$, 'nothing is leased for sending');
select isnt((select i.frozen_at from accounting.integrations as i), null, 'nothing is sent');
select is(tests.state_of(r.id), 'reconciling', 'what waits is asked about') from run as r;
select is(
  (
    select s.batch ->> 'search'
    from leased as l
    cross join lateral accounting.start_question(l.organisation_id, l.run_id, l.lease_id) as s
    where l.run_id is not null
  ),
  'references', 'by its reference'
);
select is((tests.question(2)).system, 'business_central', 'so is a claim that no run holds');
select is(tests.attention(null) @> '{paused, flagged}', true, 'attention says so');
select matches(
  (select a.reason from api.export_attention as a where a.kind = 'paused'),
  '^the database was restored or copied to another server: nothing is sent', 'and why'
);
select is(
  (select count(*) from accounting.lease_runs('dispatcher-2', 100) as l where l.purpose = 'send'),
  0::bigint, 'the next one leases nothing for sending either'
);

select * from finish();
rollback;
