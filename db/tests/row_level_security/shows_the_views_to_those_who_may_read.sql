begin;
select plan(7);

-- given: a run, its trail, and things to look at
select tests.organisation_with_claims(1, 2);
create temporary table run as select tests.request(tests.organisation_id(1), 1) as id;
select tests.record(
  tests.organisation_id(1), id, tests.start(tests.organisation_id(1), id), 'accepted', '{1}'
) from run;
update accounting.claims set flagged_at = now(), flagged_reason = 'x' where reference = 'T-2';
update accounting.integrations set paused_at = now(), paused_reason = '401';
create function pg_temp.seen (p_app_role text)
  returns text
  language plpgsql
as $$
declare
  v_seen text;
begin
  perform tests.sign_in(tests.organisation_id(1), p_app_role);
  select concat_ws(' ',
    (select count(*) from api.export_requests), (select count(*) from api.export_status),
    (select count(*) from api.export_claims), (select count(*) from api.export_runs),
    (select count(*) from api.export_attention), (select count(*) from api.get_export_status())
  ) into v_seen;
  reset role;
  return v_seen;
end;
$$;
-- when, then: requests, status, claims, trail, attention, summary
select is(pg_temp.seen(r.name), r.seen, coalesce(r.name, 'a token without app_role') || r.what)
from (values
  ('app', '1 1 1 1 2 1', ' reads all'),
  ('coordinator', '1 1 1 1 2 1', ' reads all'),
  ('auditor', '1 1 1 1 2 1', ' reads all'),
  ('organisation_admin', '1 1 1 1 2 1', ' reads all'),
  ('driver', '0 0 0 0 0 0', ' reads nothing'),
  ('superuser', '0 0 0 0 0 0', ' is no role here and reads nothing'),
  (null, '0 0 0 0 0 0', ' reads nothing')
) as r (name, seen, what);

select * from finish();
rollback;
