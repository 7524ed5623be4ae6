begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 3);
select tests.request(tests.organisation_id(), 1, 2, 3);
select tests.attempt(
  tests.run_of(1),
  tests.item('accepted', '{1}'), tests.item('unknown', '{2}'), tests.item('not_applied', '{3}')
);
update accounting.integrations set endpoint = 'https://moved.example';
select tests.wait_until_due(tests.run_of(1));
create temp table lease as select tests.lease(tests.run_of(1)) as id;
select tests.move_clock('4 s');

-- when
create temp table asked as
select q.* from lease,
  accounting.start_question(tests.organisation_id(), tests.run_of(1), lease.id) as q;

-- then
select results_eq(
  'select is_started, state, attempt_no, lease_ms, send_timeout_ms from asked',
  $$ values (true, 'reconciling', 1, 10000, 5000) $$, 'there is something to ask'
);
select is(
  (select q.batch -> 'openClaimIds' from asked as q), to_jsonb(tests.claim_ids(2)),
  'about what is in doubt, and nothing else'
);
select is(
  (select q.batch ->> 'endpoint' from asked as q), 'https://ledger.example/1', 'where it was sent'
);
select is(
  (tests.run(tests.run_of(1))).lease_expires_at, accounting.clock() + interval '10 s',
  'the lease lasts lease_ms from here'
);
select is((tests.run(tests.run_of(1))).attempt_no, 1, 'asking is no attempt');

select * from finish();
rollback;
