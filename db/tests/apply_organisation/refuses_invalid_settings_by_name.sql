begin;
select plan(14);

-- given
select tests.organisation(1), tests.organisation(2, 'xledger');
create temporary table problems as
  select f.*, tests.error_of(format(
    'select tests.organisation(%s, %L, %L)',
    f.no, case f.no when 1 then 'business_central' else 'xledger' end,
    jsonb_build_object('settings', case f.no
      when 1 then '{"liability_account": "2910",
        "company_id": "a0a0a0a0-0000-4000-8000-000000000001",
        "token_url": "https://login.example/t/oauth2/v2.0/token"}'::jsonb
      else '{"liability_account": "2910"}'
    end - f.key || case when f.value is null then '{}' else jsonb_build_object(f.key, f.value) end)
  )) as error
  from (values
    (1, 'company_id', null::jsonb), (1, 'company_id', '"A0"'), (1, 'token_url', '"login"'),
    (1, 'currency', '"kr"'), (1, 'post_journal', '"true"'), (1, 'post_journal', '1'),
    (1, 'colour', '"red"'), (2, 'liability_account', null),
    (2, 'liability_account', '2910'), (2, 'liability_account', 'null'),
    (2, 'transaction_source', '"a b"'), (2, 'job_level_sub_id', '"1"'), (2, 'mapper', '"x/9"'),
    (2, 'company_id', '"a0a0a0a0-0000-4000-8000-000000000001"')
  ) as f (no, key, value);
-- when, then
select ok(
  error ->> 'code' = 'AX010' and error ->> 'detail' like '%' || key || '%',
  format('%s: %s is refused, and the answer names it', key, coalesce(value::text, 'nothing'))
)
from problems;

select * from finish();
rollback;
