begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1, 2);

-- when
select tests.attempt(tests.run_of(1), tests.item(
  'accepted', '{1,2}',
  jsonb_build_object('http_status', 201, 'external_ids', jsonb_build_object(
    tests.claim_id(1)::text, '["a-1"]'::jsonb, tests.claim_id(2)::text, '["a-2"]'::jsonb
  ))
));

-- then
select is(tests.state_of(tests.run_of(1)), 'exported', 'the run is exported');
select is((tests.run(tests.run_of(1))).exported_at, accounting.clock(), 'since now');
select is((tests.run(tests.run_of(1))).lease_id, null, 'nobody carries it');
select results_eq(
  'select exported_at, exported_run_id from accounting.claims',
  $$ select accounting.clock(), tests.run_of(1) from generate_series(1, 2) $$,
  'the claims are marked with the run'
);
select results_eq(
  $$ select outcome, delivered_at, released_at, external_ids
     from accounting.claim_reservations order by claim_id $$,
  $$ values ('accepted', accounting.clock(), null::timestamptz, '["a-1"]'::jsonb),
       ('accepted', accounting.clock(), null, '["a-2"]') $$,
  'the reservations stay live, with the ids of their claims'
);
select results_eq(
  'select kind, outcome, attempt_no, is_late, http_status, claim_ids from accounting.export_runs',
  $$ values ('attempt', 'accepted', 1, false, 201, to_jsonb(tests.claim_ids(1, 2))) $$,
  'the trail has one row'
);

select * from finish();
rollback;
