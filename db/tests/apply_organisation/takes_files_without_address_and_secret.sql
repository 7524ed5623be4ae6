begin;
select plan(7);

-- given
create function pg_temp.apply (p_change jsonb)
  returns text
  language plpgsql
as $$
begin
  perform tests.organisation(1, 'file', p_change);
  return 'applied';
exception when sqlstate 'AX010' then
  return (tests.error_of(format('select tests.organisation(1, ''file'', %L)', p_change)))
    ->> 'detail';
end;
$$;

-- when, then
select is(pg_temp.apply('{}'), 'applied', 'neither is needed');
select is(
  (select num_nonnulls(i.endpoint, i.credential_ref) from accounting.integrations as i), 0,
  'and neither is there'
);
select is(
  pg_temp.apply('{"endpoint": "https://ledger.example/"}'),
  'endpoint is there unless a file is written', 'an address would mean nothing'
);
select is(
  pg_temp.apply('{"credential_ref": "x"}'), 'credential is there unless a file is written',
  'nor would a secret'
);
select is(
  pg_temp.apply('{"settings": {"format": "xls", "token_url": "x"}}'),
  'format does not look right; liability_account is missing; token_url is not a setting of file',
  'settings are checked by name'
);
select is(
  pg_temp.apply('{"system": "xledger", "settings": {"liability_account": "1"}}'),
  'credential is there unless a file is written', 'another system can''t do without'
);
select is(
  tests.violation_of(
    'update accounting.integrations set credential_ref = ''x'' where system = ''file'''
  ),
  '23514 credential_is_there_unless_a_file_is_written', 'whoever writes it'
);

select * from finish();
rollback;
