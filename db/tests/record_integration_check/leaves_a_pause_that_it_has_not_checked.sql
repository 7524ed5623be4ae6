begin;
select plan(5);

-- given
select tests.organisation(1);
update accounting.integrations set paused_at = now(), paused_reason = '401 twice';
create temporary table checked as
  select accounting.integration_to_check('O1') as subject,
    '{"faultCount": 0, "mayResume": true, "shapes": {}}'::jsonb as good;
-- when, then
select is(
  accounting.record_integration_check(subject, good || '{"faultCount": 1}'), false,
  'a check that found a fault'
) from checked;
select is(
  accounting.record_integration_check(subject, good || '{"mayResume": false}'), false,
  'a check that was told not to'
) from checked;
update accounting.integrations set paused_at = now() + interval '1 second';
select is(
  accounting.record_integration_check(subject, good), false,
  'it was paused again while the check was reading'
) from checked;
update accounting.integrations set paused_at = now(), endpoint = 'https://elsewhere.example/';
select is(
  accounting.record_integration_check(subject, good), false,
  'it was set up otherwise while the check was reading'
) from checked;
select is(
  (select count(*)::integer from accounting.integrations where paused_at is not null), 1,
  'it is still paused'
);

select * from finish();
rollback;
