begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 2);
select tests.organisation_with_claims(2, 1);
select tests.request(tests.organisation_id(), 1);
select tests.request(tests.organisation_id(), 2);
select tests.request(tests.organisation_id(2), 1);
create temp table runs as select tests.run_of(2) as own, tests.run_of(1, 2) as foreign_run;
grant select on runs to authenticated;

-- when
select tests.sign_in(tests.organisation_id(), 'coordinator');
create temp table seen as
select s.* from runs, api.get_export_status(runs.own) as s;
create temp table nothing as
select s.* from runs, api.get_export_status(runs.foreign_run) as s;
reset role;

-- then
select results_eq('select "runId" from seen', 'select own from runs', 'the one that was asked for');
select is_empty('select * from nothing', 'another organisation''s is not there');

select * from finish();
rollback;
