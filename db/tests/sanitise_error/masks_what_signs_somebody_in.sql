begin;
select plan(36);

select is(accounting.sanitise_error(c.said), c.kept, c.said)
from (values
  -- headers
  ('Authorization: Bearer abc123.def-456~x/y+z=', 'Authorization: [masked]'),
  ('authorization=Basic dXNlcjpwYXNz', 'authorization=[masked]'),
  ('Authorization: token hemmelig', 'Authorization: [masked]'),
  ('Proxy-Authorization: Negotiate YII', 'Proxy-Authorization: [masked]'),
  ('{"Authorization":"Bearer abc"}', '{"Authorization":[masked]}'),
  ('{\"Authorization\":\"Bearer abc\"}', '{\"Authorization\":[masked]}'),
  ('Cookie: a=b; c=d', 'Cookie: [masked]'),
  ('Set-Cookie: session=abc; HttpOnly', 'Set-Cookie: [masked]; HttpOnly'),
  ('x-api-key: abc', 'x-api-key: [masked]'),
  ('Ocp-Apim-Subscription-Key: abc', 'Ocp-Apim-Subscription-Key: [masked]'),
  -- schemes without their header
  ('Bearer hemmelig', 'Bearer [masked]'),
  ('BEARER abc.def', 'BEARER [masked]'),
  ('Basic dXNlcjpwYXNzd29yZA==', 'Basic [masked]'),
  ('token 3f2a9c1d77e04b', 'token [masked]'),
  ('401 for token 3f2a9c1d77e04b: denied', '401 for token [masked]: denied'),
  -- JSON web tokens, wherever they stand
  ('eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', '[masked]'),
  ('expired (eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln)', 'expired ([masked])'),
  ('access_token eyJhbGciOi', 'access_token [masked]'),
  -- named secrets in JSON, in JSON within JSON, in forms and in queries
  ('{"api_key":"abc","message":"no"}', '{"api_key":[masked],"message":"no"}'),
  ('{"apiKey": "a b c", "x": 1}', '{"apiKey": [masked], "x": 1}'),
  ('{"client_secret":"a\"b c","x":1}', '{"client_secret":[masked],"x":1}'),
  ('{\"client_secret\":\"abc def\"}', '{\"client_secret\":[masked]}'),
  ('{"client_secret":"abc def', '{"client_secret":[masked]'),
  ('client_secret=s3cr3t&scope=x', 'client_secret=[masked]&scope=x'),
  ('https://ledger.example/x?api_key=abc&y=1', 'https://ledger.example/x?api_key=[masked]&y=1'),
  ('https://ledger.example/x?sig=Ab%2B12&se=1', 'https://ledger.example/x?sig=[masked]&se=1'),
  ('refresh_token=abc', 'refresh_token=[masked]'),
  ('password=hunter2', 'password=[masked]'),
  ('passord: hunter2', 'passord: [masked]'),
  ('pwd: ''a b c''', 'pwd: [masked]'),
  -- addresses
  ('https://user:hemmelig@ledger.example/x', 'https://[masked]@ledger.example/x'),
  ('https://user:p@ss@ledger.example/x', 'https://[masked]@ledger.example/x'),
  -- by its form alone
  ('key sk-abcdefghijklmnop1234 is wrong', 'key [masked] is wrong'),
  ('AKIAIOSFODNN7EXAMPLE', '[masked]'),
  ('sent 0123456789abcdef0123456789abcdef to it', 'sent [masked] to it'),
  ('sent QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0NTY3ODk= to it', 'sent [masked] to it')
) as c (said, kept);

select * from finish();
rollback;
