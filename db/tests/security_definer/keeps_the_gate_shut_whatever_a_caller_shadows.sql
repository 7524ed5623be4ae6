begin;
select plan(3);

-- given
select tests.organisation(1);
select tests.honorarium(tests.organisation_id(), 1);
create function pg_temp.verdicts () returns text language sql as $$
  select string_agg(c.verdict, ', ') from api.check_export(tests.claim_ids(1)) as c;
$$;
select tests.sign_in(tests.organisation_id(), 'coordinator');
-- when: all that the gate looks at, as the caller would like it to be
create temp table feature_flags as
  select tests.organisation_id() as organisation_id,
    'driver_honorarium' as name, true as is_enabled;
create temp table declaration_acknowledgements as
  select tests.organisation_id() as organisation_id, 'person-1' as driver_id, 1 as act_no,
    'acknowledged' as act, gen_random_uuid() as template_id, '-infinity'::date as acted_on;
create temp table declaration_templates (like declaration_acknowledgements);
create function pg_temp.is_feature_enabled (uuid, text) returns boolean
  language sql as 'select true';
create function pg_temp.lacking_declarations (uuid, uuid[]) returns setof uuid
  language sql as 'select null::uuid where false';
create function pg_temp.least (date, date,
  date) returns date language sql as $$ select 'infinity'::date $$;
set local search_path = pg_temp, accounting, tap, tests, api, pg_catalog, public;
-- then
select is(pg_temp.verdicts(), 'feature_disabled', 'the flag is read where it is');
reset role;
select tests.switch_honoraria(tests.organisation_id());
select tests.sign_in(tests.organisation_id(), 'coordinator');
select is(pg_temp.verdicts(), 'declaration_missing', 'and so are the acknowledgements');
insert into api.export_requests (claim_ids) values (tests.claim_ids(1));
reset role;
select is(
  (select r.verdict from accounting.claim_reservations as r), 'declaration_missing',
  'a request reserves nothing either'
);

select * from finish();
rollback;
