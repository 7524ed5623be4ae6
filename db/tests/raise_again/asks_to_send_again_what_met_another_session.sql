begin;
select plan(6);

-- given: first no PostgREST, then one
-- when, then
select throws_ok(
  format($$ select accounting.raise_again(%L, 'deadlock detected', null, null) $$, s.state),
  'AX024', null, s.state || ' is ours to explain'
)
from (values ('40001'), ('40P01'), ('55P03')) as s (state);
select set_config('request.path', '/rpc/put_claims', true);
create temporary table raised as
select tests.error_of(
  format($$ select accounting.raise_again(%L, 'deadlock detected', null, null) $$, s.state)
) as error
from (values ('40001'), ('40P01'), ('55P03')) as s (state);
select is(
  (select array_agg(distinct r.error ->> 'code') from raised as r), '{PGRST}',
  'behind PostgREST, each is raised as PostgREST''s own'
);
select is(
  (select array_agg(distinct (r.error ->> 'detail')::jsonb ->> 'status') from raised as r), '{503}',
  'with a status that says: later'
);
select is(
  (select array_agg(distinct (r.error ->> 'message')::jsonb ->> 'code') from raised as r),
  '{AX024}', 'and our code'
);

select * from finish();
rollback;
