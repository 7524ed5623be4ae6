begin;
select plan(4);

-- given
select tests.organisation(1);
create function pg_temp.booked ()
  returns text
  language sql
as $$
  select string_agg(right(claim_id::text, 1), ' ' order by claim_id)
  from accounting.booked_claims(tests.organisation_id(1), tests.claim_ids(1, 2)::text[]);
$$;
select tests.append(tests.organisation_id(1), 'accepted', '{1, 2}');
-- when, then
select is(pg_temp.booked(), '1 2', 'both are booked');
select tests.append(tests.organisation_id(1), 'voided', '{1}');
select is(pg_temp.booked(), '2', 'one was voided');
select tests.append(tests.organisation_id(1), 'unknown', '{1}');
select is(pg_temp.booked(), '2', 'an uncertain row after it books nothing');
select tests.append(tests.organisation_id(1), 'found', '{1}');
select is(pg_temp.booked(), '1 2', 'booked again after the void counts again');

select * from finish();
rollback;
