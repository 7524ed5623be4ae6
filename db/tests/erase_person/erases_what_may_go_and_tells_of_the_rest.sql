begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 3);
select tests.exported_run(1);
select tests.move_clock('73 months');
select tests.exported_run(2);
-- when
create temporary table told on commit drop as
select accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17') as told;
-- then
select is(
  (select t.told #> '{erased,claim_count}' from told as t), '1', 'the claim of years ago is erased'
);
select results_eq(
  $$ select l.item ->> 'hindrance', l.item ->> 'claim_count', l.item -> 'references'
     from told as t cross join jsonb_array_elements(t.told -> 'left') as l (item) $$,
  $$ values ('not_exported', '1', '["T-3"]'::jsonb), ('retention', '1', '["T-2"]'::jsonb) $$,
  'of the others it is told why not, and which they are'
);
select results_eq(
  $$ select c.reference, c.claimant_name from accounting.claims as c order by c.id $$,
  $$ values ('T-1', null), ('T-2', 'Kari Eksempel'), ('T-3', 'Kari Eksempel') $$,
  'they are as they were'
);
select is(
  (select x.erased_by from accounting.erasures as x), session_user::text,
  'the row says who, if nobody was named: the login'
);

select * from finish();
rollback;
