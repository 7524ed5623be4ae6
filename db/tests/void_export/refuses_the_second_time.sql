begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.exported_run(1) as id;
select is(tests.void(r.id, '{1}'), '1', 'the first one removes it') from run as r;

-- when, then
select is(tests.void(r.id, '{1}'), 'AX019', 'the second finds nothing delivered') from run as r;
select is(
  (select count(*) from accounting.export_runs as x where x.outcome = 'voided'), 1::bigint,
  'the trail says it once'
);

select * from finish();
rollback;
