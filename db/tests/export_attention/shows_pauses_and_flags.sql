begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
update accounting.claims set flagged_at = accounting.clock(), flagged_reason = 'a restore';
update accounting.integrations set paused_at = accounting.clock(), paused_reason = 'a 403';

-- when, then
select set_eq(
  'select kind, claim_id, since from api.export_attention',
  $$ values ('paused', null, accounting.clock()),
       ('flagged', tests.claim_id(1), accounting.clock()) $$,
  'each since when'
);
select is_empty(
  'select * from api.export_attention where reason is null or action is null',
  'each says why, and what to do'
);
select accounting.resume_integration(tests.organisation_id(), 'business_central');
update accounting.claims set flagged_at = null, flagged_reason = null;
select is_empty('select * from api.export_attention', 'until it is over');

select * from finish();
rollback;
