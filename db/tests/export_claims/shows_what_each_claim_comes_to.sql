begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1), tests.organisation_with_claims(2, 2);
select tests.request(tests.organisation_id(1), 1, 2);

-- when
select tests.sign_in(tests.organisation_id(1), 'auditor');

-- then
select results_eq(
  'select reference, amount, currency from api.export_claims order by claim_id',
  $$ values ('T-1'::text collate "C", 100.50::numeric(12, 2), 'NOK'), (null, null, null) $$,
  'the total of a claim that there is; of another organisation''s, nothing'
);
select results_eq(
  'select count(*) from api.export_claims', array[2::bigint], 'one row for each that was asked for'
);

select * from finish();
rollback;
