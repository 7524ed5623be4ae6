begin;
select plan(20);

-- given
create temporary table wrong (setting jsonb, problem text);
insert into wrong values
  ('{"line_text": 7}', 'line_text is not a text'),
  ('{"line_text": ""}', 'line_text is not a text of 1 to 200 characters in one line'),
  ('{"line_text": "{type}\t{date}"}', 'line_text is not a text of 1 to 200 characters in one line'),
  ('{"line_text": "{type} {amount}"}', 'line_text has no placeholder {amount}: it takes {type}, '
    '{date}, {quantity}, {text}, {reference}, {claimant_name}, {kind}, {organisation}'),
  ('{"line_text": "{Type}"}', 'line_text has no placeholder {Type}: it takes {type}, {date}, '
    '{quantity}, {text}, {reference}, {claimant_name}, {kind}, {organisation}'),
  ('{"line_text": "{type"}', 'line_text has a brace that is part of no placeholder'),
  ('{"line_text": "{{type}}"}', 'line_text has a brace that is part of no placeholder'),
  ('{"liability_text": "{claimant_name} {text}"}', 'liability_text has no placeholder {text}: '
    'it takes {reference}, {claimant_name}, {kind}, {organisation}'),
  ('{"liability_text": "{date}"}', 'liability_text has no placeholder {date}: '
    'it takes {reference}, {claimant_name}, {kind}, {organisation}'),
  ('{"line_dimensions": {"department": "1"}}', 'line_dimensions.department is not one of '
    'Xledger''s: project, subledger, xgl, glObject1 to glObject5'),
  ('{"liability_dimensions": "100"}',
    'liability_dimensions is not a list of codes with their values'),
  ('{"kinds": "2911"}', 'kinds is not an object'),
  ('{"kinds": {"loan": {"label": "Lån"}}}',
    'kinds.loan is not a kind of claim: travel_expense, driver_honorarium'),
  ('{"kinds": {"travel_expense": {}}}', 'kinds.travel_expense takes label and liability_account'),
  ('{"kinds": {"travel_expense": "2911"}}',
    'kinds.travel_expense takes label and liability_account'),
  ('{"kinds": {"travel_expense": {"label": "a", "account": "1"}}}',
    'kinds.travel_expense takes label and liability_account'),
  ('{"kinds": {"travel_expense": {"label": " "}}}',
    'kinds.travel_expense.label does not look right'),
  ('{"kinds": {"travel_expense": {"liability_account": "29 11"}}}',
    'kinds.travel_expense.liability_account does not look right'),
  ('{"mapper": "xledger/1", "line_text": "{type}"}', 'line_text needs the mapper xledger/2');
-- when, then
select is(
  accounting.settings_problems('xledger', '{"liability_account": "2910"}' || setting), problem,
  setting::text
)
from wrong;
select is(
  accounting.settings_problems('xledger', '{
    "liability_account": "2910", "mapper": "xledger/2",
    "line_text": "{type} {quantity} {text} {date}, {claimant_name} ({organisation})",
    "liability_text": "{kind} {reference}", "line_dimensions": {"project": "100"},
    "liability_dimensions": {}, "kinds": {
      "driver_honorarium": {"label": "Honorar til sjåfør", "liability_account": "2911"}}}'),
  null, 'and with these nothing is wrong'
);

select * from finish();
rollback;
