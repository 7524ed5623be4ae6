begin;
select plan(11);

-- given
select tests.organisation(2);
create temporary table file as
  select jsonb_build_object(
    'organisation', '{"id": "00000000-0000-4000-8000-000000000001", "name": "Eksempel",
      "organisation_number": "123456785", "reference_prefix": "EX"}'::jsonb || f.overrides,
    'mappings', f.mappings
  ) as content, f.why
  from (values
    ('{"organisation_number": "123456786"}'::jsonb, '{}'::jsonb, 'a wrong check digit'),
    ('{"organisation_number": null}', '{}', 'no organisation number'),
    ('{"name": " "}', '{}', 'a blank name'),
    ('{"reference_prefix": "ex"}', '{}', 'a prefix in small letters'),
    ('{"reference_prefix": "O2"}', '{}', 'a prefix that another organisation has'),
    ('{"id": null}', '{}', 'no id'),
    ('{"id": "1"}', '{}', 'an id that is none'),
    ('{}', '{"Toll": {"account": "7140"}}', 'an expense type in capitals'),
    ('{}', '{"toll": {}}', 'a mapping without an account'),
    ('{}', '{"toll": {"account": "7140", "dimensions": []}}', 'dimensions that are a list')
  ) as f (overrides, mappings, why);
-- when, then
select throws_ok(
  format('select accounting.apply_organisation(%L)', content), 'AX010', null, why
)
from file;
select is(
  (select count(*) from accounting.organisations), 1::bigint, 'none of them was stored'
);

select * from finish();
rollback;
