begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 2, 1);
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when
create temp table started as
select s.* from lease,
  accounting.start_attempt(tests.organisation_id(), tests.run_of(1), lease.id) as s;

-- then
select is(
  (select s.batch - 'input' from started as s),
  jsonb_build_object(
    'organisationId', tests.organisation_id(), 'runId', tests.run_of(1), 'attemptNo', 1,
    'batchKey', (tests.run(tests.run_of(1))).batch_key, 'endpoint', 'https://ledger.example/1',
    'openClaimIds', to_jsonb(tests.claim_ids(1, 2)), 'knownExternalIds', '[]'::jsonb,
    'voidedExternalIds', '[]'::jsonb, 'voidedClaimIds', '[]'::jsonb, 'search', 'run', 'finish', 'now',
    'credentialRef', 'organisation-1'
  ),
  'the batch says what to send where, under which key'
);
select is(
  (select s.batch -> 'input' from started as s), (tests.run(tests.run_of(1))).frozen_input,
  'the input is the frozen one'
);
select results_eq(
  'select lease_ms, send_timeout_ms from started',
  'values (10000, 5000)',
  'the timings are the integration''s'
);

select * from finish();
rollback;
