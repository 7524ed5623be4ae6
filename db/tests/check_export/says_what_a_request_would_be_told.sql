begin;
select plan(1);

-- given: one claim of each kind
select tests.organisation_with_claims(1, 5);
select tests.append(tests.organisation_id(1), 'accepted', '{1}');
select tests.request(tests.organisation_id(1), 2);
update accounting.claims set state = 'withdrawn' where reference = 'T-3';
update accounting.claims set flagged_at = now(), flagged_reason = 'seen twice'
where reference = 'T-4';
create temporary table said as
  select claim_id, verdict, detail
  from accounting.judge_claims(tests.organisation_id(1), tests.claim_ids(1, 2, 3, 4, 5, 6));
grant select on said to authenticated;
select tests.sign_in(tests.organisation_id(1), 'app');
-- when
create temporary table checked on commit drop as
  select claim_id, verdict, detail from api.check_export(tests.claim_ids(1, 2, 3, 4, 5, 6));
insert into api.export_requests (claim_ids) values (tests.claim_ids(1, 2, 3, 4, 5, 6));
-- then
select results_eq(
  'select * from checked order by claim_id',
  $$
    select c.claim_id, c.verdict, c.error
    from api.export_claims as c
    join api.export_requests as e using (run_id)
    where cardinality(e.claim_ids) = 6
    order by c.claim_id
  $$,
  'the check and the request give the same verdicts with the same details'
);

select * from finish();
rollback;
