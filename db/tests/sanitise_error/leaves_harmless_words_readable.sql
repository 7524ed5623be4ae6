begin;
select plan(14);

select is(accounting.sanitise_error(c.said), c.said, left(c.said, 60))
from (values
  ('The field Account No. of table Gen. Journal Line contains a value (9999) that cannot be found '
    'in the related table (G/L Account). CorrelationId: 6f1c2a52-3b1e-4c77-9d0e-0a1b2c3d4e5f.'),
  ('{"error":{"code":"Internal_EntityWithSameKeyExists","message":"The record in table Gen. Journal'
    ' Line already exists. Identification fields and values: Journal Template Name=''GENERAL'','
    'Journal Batch Name=''ABCDEFGHIJ'',Line No.=''10000''"}}'),
  ('Application_DialogException: Posting Date is not within your range of allowed posting dates.'),
  ('Your query timed out.'),
  ('BAD_REQUEST.INSUFFICIENT_CREDITS: You have 12 of 1000 credits left'),
  ('Unexpected token < in JSON at position 0'),
  ('The access token expired at 2026-03-02T10:00:00Z'),
  ('Basic authentication is no longer offered'),
  ('Authorization header missing'),
  ('getaddrinfo ENOTFOUND api.businesscentral.dynamics.com'),
  ('connect ECONNREFUSED 127.0.0.1:8443'),
  ('claim 00000000-0000-4000-9000-000000000001 with reference HLF-2026-00012, 1 234,50 NOK'),
  ('https://api.businesscentral.dynamics.com/v2.0/production/api/v2.0/companies answered 503'),
  ('Avvist: konto 7100 er sperret for føring')
) as c (said);

select * from finish();
rollback;
