begin;
select plan(2);

-- given: claim n with outcome n
select tests.organisation(1);
create temporary table given as
  select o.outcome, o.no::integer
  from unnest(array[
    'accepted', 'found', 'booked_by_hand', 'rejected', 'not_applied', 'unknown', 'absent',
    'unclear', 'proved_absent', 'voided', 'cancelled', 'import_confirmed'
  ]) with ordinality as o (outcome, no);
select tests.append(tests.organisation_id(1), outcome, array[no], '{"http_status": 200}')
from given;
-- when
create temporary table answer as
  select *
  from accounting.booked_claims(
    tests.organisation_id(1), array(select tests.claim_id(no)::text from given)
  );
-- then
select set_eq(
  $$ select outcome from given where tests.claim_id(no) in (select claim_id from answer) $$,
  array['accepted', 'found', 'booked_by_hand'],
  'booked is accepted, found or booked by hand; an answer of 200 alone is not enough'
);
select is_empty(
  $$
    select *
    from accounting.booked_claims(tests.organisation_id(2), tests.claim_ids(1, 2, 3)::text[])
  $$,
  'another organisation sees none of it'
);

select * from finish();
rollback;
