begin;
select plan(18);

select is(
  accounting.is_organisation_number(n.number), n.is_valid,
  coalesce('''' || n.number || '''', 'null') || ': ' || n.why
)
from (values
  ('123456785', true, 'the check digit is 11 less the remainder'),
  ('974760673', true, 'a public body''s'),
  ('000000000', true, 'remainder 0, check digit 0'),
  ('100000008', true, 'the weight of the first digit is 3'),
  ('010000009', true, 'of the second 2'),
  ('001000004', true, 'of the third 7'),
  ('000100005', true, 'of the fourth 6'),
  ('000010006', true, 'of the fifth 5'),
  ('123456786', false, 'another check digit'),
  ('213456785', false, 'two digits exchanged'),
  ('000000060', false, 'remainder 1: there is no check digit'),
  ('12345678', false, 'eight digits'),
  ('1234567850', false, 'ten digits'),
  ('123 456 785', false, 'spaces'),
  ('NO123456785', false, 'a country'),
  (E'123456785\n', false, 'a line feed at the end'),
  ('', false, 'nothing'),
  (null, null, 'a check lets null pass, and the column is not null')
) as n (number, is_valid, why);

select * from finish();
rollback;
