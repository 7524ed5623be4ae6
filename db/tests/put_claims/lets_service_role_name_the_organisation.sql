begin;
select plan(6);

-- given
select tests.organisation(1), tests.organisation(2);
create function pg_temp.put (variadic p_organisation_nos integer[])
  returns text
  language sql
as $$
  select tests.error_of(format('select api.put_claims(%L)', (
    select jsonb_agg(tests.claim_json(p.place::integer, case
      when p.no is null then '{}'
      else jsonb_build_object('organisation_id', tests.organisation_id(p.no))
    end))
    from unnest(p_organisation_nos) with ordinality as p (no, place)
  ))) ->> 'code';
$$;
set local role service_role;
-- when, then
select is(pg_temp.put(null), 'AX006', 'service_role must name the organisation');
select is(pg_temp.put(1, 2), 'AX005', 'a list belongs to one organisation');
select is(pg_temp.put(99), 'AX014', 'one that is there');
select is(pg_temp.put(2, 2), null, 'then it is stored');
select tests.sign_in(tests.organisation_id(1), 'app');
select is(pg_temp.put(2), 'AX005', 'the app can''t store into another organisation');
reset role;
select is(
  array(select distinct organisation_id from accounting.claims), array[tests.organisation_id(2)],
  'the claims are where they were told to be'
);

select * from finish();
rollback;
