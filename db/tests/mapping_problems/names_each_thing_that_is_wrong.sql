begin;
select plan(24);

-- given
create temporary table wrong (system text, mapping jsonb, problem text);
insert into wrong values
  (null, '{}', '.account is missing'),
  (null, '{"account": 7140}', '.account does not look right'),
  (null, '{"account": "71 40"}', '.account does not look right'),
  (null, '{"account": "123456789012345678901"}', '.account does not look right'),
  (null, '{"account": "1", "tax_code": ""}', '.tax_code does not look right'),
  (null, '{"account": "1", "konto": "1"}',
    '.konto is not a key: it takes account, tax_code, label, dimensions, by_kind'),
  (null, '{"account": "1", "label": " "}', '.label takes a text of 1 to 60 characters in one line'),
  (null, '{"account": "1", "label": "a\nb"}',
    '.label takes a text of 1 to 60 characters in one line'),
  (null, '{"account": "1", "label": "a\u0085b"}',
    '.label takes a text of 1 to 60 characters in one line'),
  (null, '{"account": "1", "label": 7}', '.label takes a text of 1 to 60 characters in one line'),
  (null, '{"account": "1", "dimensions": []}',
    '.dimensions is not a list of codes with their values'),
  (null, '{"account": "1", "dimensions": null}',
    '.dimensions is not a list of codes with their values'),
  ('xledger', '{"account": "1", "dimensions": {"department": "1"}}',
    '.dimensions.department is not one of Xledger''s: project, subledger, xgl, '
    'glObject1 to glObject5'),
  ('xledger', '{"account": "1", "dimensions": {"project": 1}}',
    '.dimensions.project takes a text of 1 to 40 characters'),
  ('xledger', '{"account": "1", "dimensions": {"project": " 1"}}',
    '.dimensions.project takes a text of 1 to 40 characters'),
  ('business_central', '{"account": "1", "dimensions": {"AVDELING": "123456789012345678901"}}',
    '.dimensions.AVDELING takes a text of 1 to 20 characters'),
  ('business_central', '{"account": "1", "dimensions": {"": "1"}}',
    '.dimensions. is not a code of 1 to 20 characters'),
  (null, '{"account": "1", "by_kind": []}', '.by_kind is not an object'),
  (null, '{"account": "1", "by_kind": {"loan": {}}}',
    '.by_kind.loan is not a kind of claim: travel_expense, driver_honorarium'),
  (null, '{"account": "1", "by_kind": {"travel_expense": "7140"}}',
    '.by_kind.travel_expense is not an object'),
  (null, '{"account": "1", "by_kind": {"travel_expense": {"account": null}}}',
    '.by_kind.travel_expense.account does not look right'),
  (null, '{"account": "1", "by_kind": {"travel_expense": {"by_kind": {}}}}',
    '.by_kind.travel_expense.by_kind is not a key: it takes account, tax_code, label, dimensions'),
  ('xledger', '{"account": "1", "by_kind": {"travel_expense": {"dimensions": {"a": "1"}}}}',
    '.by_kind.travel_expense.dimensions.a is not one of Xledger''s: project, subledger, xgl, '
    'glObject1 to glObject5');
-- when, then
select results_eq(
  format('select accounting.mapping_problems(%L, %L)', system,
    jsonb_build_object('toll', mapping)),
  array['mappings.toll' || problem],
  problem
)
from wrong;
select results_eq(
  $$ select accounting.mapping_problems(null, '{"Toll": "7140"}') order by 1 $$,
  array[
    'mappings.Toll is not an expense type: it takes 1 to 40 of a to z, 0 to 9 and _',
    'mappings.Toll is not an object', 'mappings.Toll.account is missing'
  ],
  'all at once'
);

select * from finish();
rollback;
