begin;
select plan(20);

-- given
select set_config('request.path', '/export_requests', true);
-- when, then
select is(
  (
    tests.error_of(format($$ select accounting.raise_again(%L, 'm', null, null) $$, f.code))
    ->> 'detail'
  )::jsonb -> 'status',
  f.status, f.code || ' is a ' || f.status
)
from (values
  ('AX001', '400'::jsonb), ('AX002', '400'), ('AX003', '400'), ('AX004', '400'), ('AX005', '403'),
  ('AX006', '400'), ('AX007', '409'), ('AX008', '409'), ('AX009', '403'), ('AX010', '422'),
  ('AX011', '409'), ('AX012', '422'), ('AX013', '409'), ('AX014', '404'), ('AX015', '403'),
  ('AX020', '409'), ('AX021', '409'), ('AX022', '400'), ('AX023', '400'),
  ('AX024', '503')
) as f (code, status);

select * from finish();
rollback;
