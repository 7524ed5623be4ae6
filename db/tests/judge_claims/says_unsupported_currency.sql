begin;
select plan(3);

-- given
select tests.organisation(1);
select tests.put_claim(tests.organisation_id(1), 1, '{"currency": "EUR"}');
select tests.organisation(
  2, 'xledger', '{"settings": {"liability_account": "2910", "currency": "EUR"}}'
);
select tests.put_claim(tests.organisation_id(2), 1, '{"currency": "EUR"}');
select tests.put_claim(tests.organisation_id(2), 2);
-- when, then
select is(
  tests.verdict(tests.organisation_id(1), 1), 'unsupported_currency',
  'euros are not exported where the integration books kroner'
);
select is(
  tests.verdict(tests.organisation_id(2), 1), 'exportable',
  'they are where its settings say euros'
);
select is(
  tests.verdict(tests.organisation_id(2), 2), 'unsupported_currency',
  'and there kroner are not'
);

select * from finish();
rollback;
