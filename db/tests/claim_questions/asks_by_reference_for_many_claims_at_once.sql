begin;
select plan(6);

-- given 52 flagged claims
select tests.organisation_with_claims(1, 52);
select tests.flag(array(select n from generate_series(1, 52) as n));

-- when
create temp table leased as select * from accounting.lease_runs('dispatcher-1', 100);
create temp table started as
select s.*
from leased as l
cross join lateral accounting.start_question(l.organisation_id, l.run_id, l.lease_id) as s;

-- then
select is((select l.run_id from leased as l), null, 'the lease is one without a run');
select is((select l.purpose from leased as l), 'ask', 'for asking');
select is(
  (select jsonb_array_length(s.batch -> 'openClaimIds') from started as s), 50, 'for fifty claims'
);
select is(
  (select jsonb_array_length(s.batch #> '{input,claims}') from started as s), 50,
  'with what to compare them with'
);
select is(
  (select s.batch ->> 'search' from started as s), 'references', 'they are looked for by reference'
);
select is(
  (select count(*) from accounting.lease_runs('dispatcher-2', 100)), 1::bigint,
  'another dispatcher takes the rest'
);

select * from finish();
rollback;
