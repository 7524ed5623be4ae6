begin;
select plan(6);

-- given
select tests.organisation(1), tests.organisation(2);
update accounting.integrations set paused_at = now(), paused_reason = '401 twice';
create temporary table checked as
  select accounting.integration_to_check('O1') as subject;
-- when
select ok(
  accounting.record_integration_check(
    (select subject from checked),
    '{"faultCount": 0, "mayResume": true, "checkedBy": "somebody", "shapes": {}}'
  ),
  'a good check resumes what it checked'
);
-- then
select results_eq(
  $$ select paused_reason from accounting.integrations order by organisation_id $$,
  array[null, '401 twice'],
  'the pause is over; another organisation''s stays'
);
select results_eq(
  $$
    select checked_by, is_good, ended_pause from accounting.integration_checks
    where resumed_at is not null
  $$,
  $$ values ('somebody', true, '401 twice') $$,
  'who resumed it, and what it had been paused for, is kept'
);
select is(
  accounting.record_integration_check(
    accounting.integration_to_check('O1'),
    '{"faultCount": 0, "mayResume": true, "shapes": {}}'
  ),
  false,
  'what is not paused is not resumed'
);
select is(
  (select checked_by from accounting.integration_checks where check_no = 2), session_user::text,
  'without a name the login is kept'
);
select is(
  (select count(*)::integer from accounting.integration_checks where resumed_at is not null), 1,
  'and resuming is told once'
);

select * from finish();
rollback;
