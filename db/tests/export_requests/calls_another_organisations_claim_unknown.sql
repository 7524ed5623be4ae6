begin;
select plan(2);

-- given: claim 1 is organisation 1's, claim 2 nobody's
select tests.organisation_with_claims(1), tests.organisation(2);
select tests.sign_in(tests.organisation_id(2), 'coordinator');
-- when
insert into api.export_requests (claim_ids) values (tests.claim_ids(1, 2));
-- then
select is((select state from api.export_requests), 'skipped', 'nothing of it is exported');
select results_eq(
  'select reference, verdict, error from api.export_claims order by claim_id',
  $$ values (null::text, 'unknown', 'no such claim'), (null, 'unknown', 'no such claim') $$,
  'the answer doesn''t tell whether somebody else has such a claim'
);

select * from finish();
rollback;
