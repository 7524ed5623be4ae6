-- A domain named as a type that our functions cast to, with a check that calls the caller's code:
-- with an empty search_path it ran with the owner's rights, for the temporary schema comes first.
begin;
select plan(2);

-- given
select tests.organisation_with_claims();
create table tests.ran_as (who text);
grant insert on tests.ran_as to public;
select tests.sign_in(tests.organisation_id(), 'coordinator');
create function pg_temp.note(pg_catalog.uuid)
  returns boolean
  language plpgsql
as $$
begin
  insert into tests.ran_as values (current_user);
  return true;
end;
$$;
create domain pg_temp.uuid as pg_catalog.uuid check (pg_temp.note(value));

-- when
select count(*) from api.export_status;
select count(*) from api.check_export(tests.claim_ids(1)::pg_catalog.uuid[]);

-- then
reset role;
select is_empty(
  $$ select who from tests.ran_as where who <> 'authenticated' $$,
  'the caller''s code never ran with other rights than the caller''s'
);
select is_empty(
  $$
    select p.oid::regprocedure
    from pg_proc as p
    where p.pronamespace in ('accounting'::regnamespace, 'api'::regnamespace)
      and not coalesce(p.proconfig @> array['search_path=pg_catalog, pg_temp'], false)
      and p.proname <> 'clock' -- replaced by the fixtures
  $$,
  'every function names the temporary schema last'
);

select * from finish();
rollback;
