begin;
select plan(17);

select is(accounting.sanitise_error(c.said), c.kept, c.said)
from (values
  ('no user kari.eksempel+x@example.no', 'no user [e-mail]'),
  ('Kari <kari@blåklokke.no>', 'Kari <[e-mail]>'),
  ('kåre.ås@example.co.uk, please', '[e-mail], please'),
  ('to=kari@example.no&x=1', 'to=[e-mail]&x=1'),
  ('kari@example.no.', '[e-mail].'),
  -- identity numbers, bank accounts: eleven digits
  ('01017012345', '[number]'),
  ('010170 12345', '[number]'),
  ('person 01017012345.', 'person [number].'),
  ('{"ssn":"01017012345"}', '{"ssn":"[number]"}'),
  ('1234.56.78903', '[number]'),
  ('1234 56 78903', '[number]'),
  -- telephones
  ('+4791234567', '[number]'),
  ('+47 91 23 45 67', '[number]'),
  ('+47 912 34 567', '[number]'),
  ('0047 91234567', '[number]'),
  -- not those: ten digits, fourteen digits
  ('voucher 1234567890', 'voucher 1234567890'),
  ('at 20260302101500', 'at 20260302101500')
) as c (said, kept);

select * from finish();
rollback;
