begin;
select plan(3);

-- given: 20,000 drivers, and 500 claims of some of them
select tests.organisation(1);
select tests.switch_honoraria(tests.organisation_id());
create temp table declared as select tests.declare(tests.organisation_id()) as id;
insert into accounting.declaration_acknowledgements
  (organisation_id, driver_id, act_no, act, template_id, language, version, way_of_acknowledging,
    content_sha256, channel)
select tests.organisation_id(), 'driver-' || n, 1, 'acknowledged', d.id, 'nb', 1, 'tick_box',
  repeat('0', 64), 'web'
from declared as d, generate_series(1, 20000) as n;
analyze accounting.declaration_acknowledgements;
select tests.honorarium(tests.organisation_id(), n, '{0,1}',
  'driver-' || n * 41) from generate_series(1, 500) as n;
create function pg_temp.table_scans () returns bigint language sql as $$
  select pg_stat_get_xact_numscans('accounting.declaration_acknowledgements'::regclass);
$$;
create temp table before as select pg_temp.table_scans() as scans;
-- when
create temp table judged as
select j.verdict, count(*)::integer from accounting.judge_claims(
  tests.organisation_id(), array(select tests.claim_id(n) from generate_series(1, 500) as n)
) as j group by j.verdict;
-- then
select is(
  (select pg_temp.table_scans() - b.scans from before as b), 0::bigint,
  'no request walks through what everybody acknowledged'
);
select results_eq(
  'select verdict, count from judged order by verdict',
  $$ values ('declaration_missing', 13), ('exportable', 487) $$,
  'and those who have acknowledged are told apart'
);
select is(
  (select count(*)::integer from accounting.lacking_declarations(
    tests.organisation_id(), array(select c.id from accounting.claims as c)
  )), 13, 'in the list of what is missing as well'
);

select * from finish();
rollback;
