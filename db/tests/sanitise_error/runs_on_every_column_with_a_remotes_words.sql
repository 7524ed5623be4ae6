begin;
select plan(6);

-- given
select tests.organisation_with_claims(1);
create temporary table run as select tests.request(tests.organisation_id(1), 1) as id;
create temporary table said as select 'Bearer abc for kari@example.no'::text as words;
-- when
select tests.append(
  tests.organisation_id(1), 'unknown', '{1}', jsonb_build_object('error_message', words)
) from said;
update accounting.claim_reservations set error = words, fault = words, faulted_at = now() from said;
insert into accounting.claim_questions (organisation_id, claim_id, system, quarantine_until, problem)
select tests.organisation_id(1), tests.claim_id(1), 'business_central', now(), words from said;
update accounting.export_requests set review_reason = words from said;
update accounting.integrations set paused_at = now(), paused_reason = words from said;
-- then
select is(c.text, 'Bearer [masked] for [e-mail]', c.name)
from (
  select 1, 'export_runs.error_message', error_message from accounting.export_runs
  union all select 2, 'claim_reservations.error', error from accounting.claim_reservations
  union all select 3, 'claim_reservations.fault', fault from accounting.claim_reservations
  union all select 4, 'export_requests.review_reason', review_reason from accounting.export_requests
  union all select 5, 'integrations.paused_reason', paused_reason from accounting.integrations
  union all select 6, 'claim_questions.problem', problem from accounting.claim_questions
) as c (place, name, text)
order by c.place;

select * from finish();
rollback;
