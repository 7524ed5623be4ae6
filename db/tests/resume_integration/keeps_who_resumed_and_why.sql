begin;
select plan(6);

-- given
select tests.organisation(1), tests.organisation(2);
create temporary table given as
select tests.organisation_id(1) as id, '2026-03-02 09:00+01'::timestamptz as paused_at;
update accounting.integrations set paused_at = (select paused_at from given), paused_reason = '401';

-- when an admin resumes it, it is paused again, and the command resumes it
select is(
  tests.act(
    $$ select is_resumed from api.resume_integration('business_central',
       ' new secret since today, told by ola@example.org ') $$,
    'organisation_admin'
  ),
  'true', 'an admin resumes it'
);
update accounting.integrations set paused_at = now(), paused_reason = '403'
where organisation_id = tests.organisation_id(1);
select accounting.resume_integration(tests.organisation_id(1), 'business_central');

-- then an auditor of the organisation reads both, and of another one neither
select results_eq(
  $$ select resumption_no, paused_reason, evidence from accounting.integration_resumptions
     order by resumption_no $$,
  $$ values (1, '401', accounting.sanitise_error('new secret since today, told by ola@example.org')),
       (2, '403', null) $$,
  'each pause that was ended, with the words of whoever ended it'
);
select unalike(
  (select evidence from accounting.integration_resumptions where resumption_no = 1),
  '%ola@example.org%', 'personal data is masked'
);
select tests.sign_in(tests.organisation_id(1), 'auditor');
select results_eq(
  $$ select system, paused_at, resumed_by from api.integration_resumptions where evidence is not null $$,
  $$ values ('business_central', '2026-03-02 09:00+01'::timestamptz, 'organisation_admin-1') $$,
  'an auditor reads who it was'
);
reset role;
select tests.sign_in(tests.organisation_id(2), 'auditor');
select is_empty('select * from api.integration_resumptions', 'another organisation''s auditor: nothing');
reset role;
select throws_ok(
  'update accounting.integration_resumptions set evidence = null where false',
  'AX021', null, 'and nobody changes it'
);

select * from finish();
rollback;
