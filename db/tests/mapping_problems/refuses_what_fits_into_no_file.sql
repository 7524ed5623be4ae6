begin;
select plan(9);

-- given
create temporary table wrong (mapping jsonb, problem text);
insert into wrong values
  ('{"account": "-1"}', '.account does not look right'),
  ('{"account": "1", "tax_code": ".5"}', '.tax_code does not look right'),
  ('{"account": "1", "dimensions": {"1st": "1"}}', '.dimensions.1st does not fit into a file: '
    'a letter, then letters, digits, _, - and blanks'),
  ('{"account": "1", "dimensions": {"project": "=1"}}', '.dimensions.project does not fit into a '
    'file: a letter or digit, then also blanks and . _ / & -'),
  ('{"account": "1", "dimensions": {"project": "a|b"}}', '.dimensions.project does not fit into a '
    'file: a letter or digit, then also blanks and . _ / & -'),
  ('{"account": "1", "dimensions": {"project": "1234567890123456789012345678901"}}',
    '.dimensions.project takes a text of 1 to 30 characters'),
  ('{"account": "1", "by_kind": {"driver_honorarium": {"account": "-1"}}}',
    '.by_kind.driver_honorarium.account does not look right');
-- when, then
select results_eq(
  format('select accounting.mapping_problems(%L, %L)', 'file', jsonb_build_object('toll', mapping)),
  array['mappings.toll' || problem],
  problem
)
from wrong;
select is_empty(
  $$ select accounting.mapping_problems('file', '{"toll": {"account": "7140.10-A",
    "tax_code": "0", "dimensions": {"Avdeling Øst_2-A": "Ås & Ski 1/2", "project": "100"}}}') $$,
  'names are free, whatever the ledger calls them'
);
select is(
  accounting.settings_problems('file', '{"format": "csv", "liability_account": "2910",
    "line_dimensions": {"avdeling": "@1"}, "kinds": {"travel_expense": {"liability_account": "-1"}}}'),
  'kinds.travel_expense.liability_account does not look right; line_dimensions.avdeling does not '
  'fit into a file: a letter or digit, then also blanks and . _ / & -',
  'nor may the settings name it'
);

select * from finish();
rollback;
