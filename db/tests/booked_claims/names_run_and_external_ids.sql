begin;
select plan(1);

-- given
select tests.organisation(1);
select tests.append(tests.organisation_id(1), 'accepted', '{1, 2}', jsonb_build_object(
  'external_ids', jsonb_build_object(tests.claim_id(1), '["LINE-7", "LINE-8"]'::jsonb)
));
-- when, then
select results_eq(
  $$
    select claim_id, run_id, external_ids::text
    from accounting.booked_claims(tests.organisation_id(1), tests.claim_ids(1, 2)::text[])
  $$,
  $$
    values
      (tests.claim_id(1), '00000000-0000-4000-a000-000000000001'::uuid, '["LINE-7", "LINE-8"]'),
      (tests.claim_id(2), '00000000-0000-4000-a000-000000000001'::uuid, '[]')
  $$,
  'each claim comes with its run and its own ids'
);

select * from finish();
rollback;
