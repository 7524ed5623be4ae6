begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 3);
select tests.request(tests.organisation_id(), 1, 2, 3);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;

-- when
create temp table first as
select o.* from lease as l, accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), l.id, jsonb_build_array(tests.item('unknown', '{1}'))
))) as o;
create temp table second as
select o.* from lease as l, accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), l.id, jsonb_build_array(tests.item('accepted', '{2}', '{"envelope_no": 2}'))
))) as o;
create temp table third as
select o.* from lease as l, accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), l.id, jsonb_build_array(tests.item('accepted', '{3}', '{"envelope_no": 3}'))
))) as o;

-- then
select results_eq(
  'select state, is_late, is_lease_kept from first', $$ values ('sending', false, true) $$,
  'two claims have no result yet, so it is still being sent'
);
select results_eq(
  'select state, is_late, is_lease_kept from second', $$ values ('sending', false, true) $$,
  'nor has one of them'
);
select results_eq(
  'select state, is_late, is_lease_kept from third', $$ values ('in_doubt', false, false) $$,
  'with the last one it moves on, by all of them'
);
select is((select count(*) from accounting.export_runs), 3::bigint, 'the trail has a row for each');

select * from finish();
rollback;
