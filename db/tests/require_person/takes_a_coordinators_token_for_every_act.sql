begin;
select plan(32);

-- given a run that waits for a person
select tests.organisation_with_claims(1, 1);
create temp table act as
select format(a.sql, r.run_id) as sql, a.name
from (select tests.run_in_review(1)) as r (run_id)
cross join (values
  ('reconcile_export', 'select * from api.reconcile_export(%L)'),
  ('resolve_export', 'select * from api.resolve_export(%L, ''booked_by_hand'', ''seen'')'),
  ('void_export', 'select * from api.void_export(%L, tests.claim_ids(1), ''removed'')'),
  ('cancel_export', 'select * from api.cancel_export(%L)'),
  ('flag_claims', 'select *, %L from api.flag_claims(tests.claim_ids(1), ''is it there?'')')
) as a (name, sql);
create temp table before as
select to_jsonb(e) as run, to_jsonb(c) as claim
from accounting.export_requests as e, accounting.claims as c;

-- when, then
select is(
  tests.act(a.sql, r.app_role), 'AX009', a.name || ' is refused to the app_role ' || r.app_role
)
from act as a
cross join (values
  ('app'), ('driver'), ('auditor'), ('organisation_admin'), ('service_role')
) as r (app_role);
select is(tests.error_of(a.sql) ->> 'code', 'AX009', a.name || ' is refused without a token')
from act as a;
grant select on act to service_role;
set local role service_role;
select is(
  array_agg(distinct tests.error_of(a.sql) ->> 'code'), array['42501'],
  'service_role may call none of them'
)
from act as a;
reset role;
select results_eq(
  'select to_jsonb(e), to_jsonb(c) from accounting.export_requests as e, accounting.claims as c',
  'select run, claim from before', 'nothing is changed'
);

select * from finish();
rollback;
