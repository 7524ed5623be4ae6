begin;
select plan(3);

-- given: marked as exported, without a run that holds it
select tests.organisation_with_claims(1, 1);
update accounting.claims
set exported_at = now(), exported_run_id = '00000000-0000-4000-a000-000000000009';
-- when, then
select throws_ok(
  $$ update accounting.claims set state = 'withdrawn' $$, 'AX011', null, 'it can''t be withdrawn'
);
select throws_ok(
  $$ update accounting.claim_lines set amount = 7 $$, 'AX011', null, 'nor its lines be changed'
);
select throws_ok('delete from accounting.claims', 'AX011', null, 'nor deleted');

select * from finish();
rollback;
