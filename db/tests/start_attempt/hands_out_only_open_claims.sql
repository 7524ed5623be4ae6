begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 4);
select tests.request(tests.organisation_id(), 1, 2, 3, 4);
select tests.attempt(
  tests.run_of(1),
  tests.item('accepted', '{1}', '{"external_ids": {"run": ["journal:7"]}}'),
  tests.item('rejected', '{2}'), tests.item('not_applied', '{3,4}')
);
select tests.wait_until_due(tests.run_of(1));
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when
create temp table started as
select s.* from lease,
  accounting.start_attempt(tests.organisation_id(), tests.run_of(1), lease.id) as s;

-- then
select is(
  (select s.batch -> 'openClaimIds' from started as s), to_jsonb(tests.claim_ids(3, 4)),
  'neither the booked nor the refused claim is sent again'
);
select is(
  (select jsonb_array_length(s.batch #> '{input,claims}') from started as s), 4,
  'the input keeps all of them, for the numbering'
);
select is(
  (select s.batch -> 'knownExternalIds' from started as s), '["journal:7"]',
  'with the ids that the system gave so far'
);

select * from finish();
rollback;
