begin;
select plan(1);

-- given
select tests.organisation(1);
select accounting.freeze('restored');

-- when, then
select is(
  (
    select a.result
    from accounting.organisations as o, accounting.integrations as i
    cross join lateral accounting.apply_organisation(jsonb_build_object(
      'organisation', to_jsonb(o),
      'integrations', jsonb_build_array(
        to_jsonb(i) - '{frozen_at, frozen_reason, restored_at}'::text[]
      ),
      'mappings', '{}'::jsonb
    )) as a
    where a.object = 'integration business_central'
  ),
  'unchanged', 'a freeze is no change of the file'
);

select * from finish();
rollback;
