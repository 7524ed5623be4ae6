begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));

-- when
select tests.answer(tests.run_of(1), tests.item(
  'found', '{1}', jsonb_build_object('external_ids', jsonb_build_object(
    tests.claim_id(1)::text, '["v-9"]'::jsonb
  ))
));

-- then
select is(tests.state_of(tests.run_of(1)), 'exported', 'the run is exported');
select is((tests.reservation(tests.run_of(1), 1)).external_ids, '["v-9"]', 'with its id');
select is(
  (select c.exported_run_id from accounting.claims as c), tests.run_of(1), 'the claim is marked'
);
select results_eq(
  'select kind, outcome, attempt_no from accounting.export_runs order by seq',
  $$ values ('attempt', 'unknown', 1), ('reconciliation', 'found', 1) $$, 'the trail has both'
);

select * from finish();
rollback;
