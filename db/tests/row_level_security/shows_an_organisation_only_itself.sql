begin;
select plan(8);

-- given: two organisations with the same, each with a run, a trail and something to look at
create function pg_temp.fill (p_no integer)
  returns void
  language plpgsql
as $$
declare
  v_id uuid := tests.organisation_with_claims(p_no, 2);
  v_run_id uuid := tests.request(v_id, 1);
begin
  perform tests.record(v_id, v_run_id, tests.start(v_id, v_run_id), 'accepted', '{1}');
  update accounting.claims set flagged_at = now(), flagged_reason = 'x'
  where organisation_id = v_id and reference = 'T-2';
  update accounting.integrations set paused_at = now(), paused_reason = '401'
  where organisation_id = v_id;
end;
$$;
select pg_temp.fill(1), pg_temp.fill(2);
select tests.sign_in(tests.organisation_id(2), 'coordinator');
-- when, then
create function pg_temp.organisations_in (p_view text)
  returns uuid[]
  language plpgsql
as $$
declare
  v_ids uuid[];
begin
  execute format('select array_agg(distinct organisation_id) from api.%I', p_view) into v_ids;
  return v_ids;
end;
$$;
select is(
  pg_temp.organisations_in(v.name), array[tests.organisation_id(2)],
  v.name || ' shows the token''s organisation and no other'
)
from (values
  ('export_requests'), ('export_status'), ('export_claims'), ('export_runs'), ('export_attention')
) as v (name);
select is((select count(*) from api.get_export_status()), 1::bigint, 'get_export_status too');
select is_empty(
  $$ select * from api.export_status where organisation_id = tests.organisation_id(1) $$,
  'naming the other one in a predicate shows nothing'
);
reset role;
set local role service_role;
select is(
  pg_temp.organisations_in('export_runs'),
  array[tests.organisation_id(1), tests.organisation_id(2)], 'service_role sees both'
);

select * from finish();
rollback;
