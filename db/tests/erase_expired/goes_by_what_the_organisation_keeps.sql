begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 4);
select tests.organisation_with_claims(2, 1);
select tests.put_claim(tests.organisation_id(1), 4, '{"state": "withdrawn"}');
select tests.exported_run(1);
select tests.move_clock('40 months');
select tests.exported_run(2);
select tests.move_clock('35 months');
-- when
create temporary table told on commit drop as
select accounting.erase_expired(tests.organisation_id(1), 'yearly tidying') as told;
-- then
select results_eq(
  $$ select c.reference from accounting.claims as c where c.erasure_id is not null order by 1 $$,
  $$ values ('T-1'), ('T-4') $$,
  'what was delivered or withdrawn longer ago is erased'
);
select results_eq(
  $$ select t.told #>> '{erased,ground}', t.told #> '{left,0,references}', t.told ->> 'after'
     from told as t $$,
  $$ values ('retention', '["T-3"]'::jsonb, null::text) $$,
  'one that nobody exported or withdrew is passed over, and told'
);
select is(
  accounting.erase_expired(tests.organisation_id(1), 'yearly tidying') -> 'erased', 'null',
  'a second time nothing is left'
);
update accounting.organisations set retention_months = 12 where id = tests.organisation_id(1);
create temporary table stepped on commit drop as
select accounting.erase_expired(tests.organisation_id(1), 'yearly tidying', null, null, 1) as told;
select is(
  (select s.told -> 'erased' from stepped as s), 'null', 'the first step passes one over,'
);
select is(
  (select accounting.erase_expired(tests.organisation_id(1), 'yearly tidying', 'ola', s.told -> 'after', 1)
     #> '{erased,claim_count}' from stepped as s),
  '1', 'the next goes on after it'
);
select is(
  (select count(*) from accounting.claims as c
   where c.organisation_id = tests.organisation_id(2) and c.erasure_id is not null),
  0::bigint, 'another organisation''s claims are as they were'
);

select * from finish();
rollback;
