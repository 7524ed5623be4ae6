begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 1);
-- when, then
select is(
  tests.error_of($$ select accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17') $$)
    - 'hint',
  '{"code": "AX050", "message": "nothing of this person can be erased yet",
    "detail": "1 claim neither exported nor withdrawn"}',
  'who is still to be paid is not erased'
);
select tests.request(tests.organisation_id(1), 1);
select is(
  tests.error_of($$ select accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17') $$)
    ->> 'detail',
  '1 claim in a run that has not ended',
  'what is to be sent is not erased'
);
select tests.attempt(tests.run_of(1), tests.item('accepted', array[1]));
select is(
  tests.error_of($$ select accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17') $$)
    ->> 'detail',
  format('1 claim to be kept until %1$s, the last until %1$s',
    ((accounting.clock() + interval '72 months') at time zone 'Europe/Oslo')::date),
  'what the law keeps is not erased, and it is said until when'
);
select tests.move_clock('73 months');
select tests.act($$ select claim_id::text
  from api.flag_claims(array[tests.claim_id(1)], 'seen twice') $$);
select is(
  tests.error_of($$ select accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17') $$)
    ->> 'detail',
  '1 claim flagged: the ledger is being asked',
  'what is doubted is not erased'
);
select is(
  tests.error_of($$ update accounting.claims
    set erasure_id = gen_random_uuid(), claimant_id = null, claimant_name = null $$) ->> 'code',
  'AX050',
  'nor by an update that goes past the function'
);
select is(
  (select count(*) from accounting.erasures), 0::bigint, 'what erased nothing leaves no row'
);

select * from finish();
rollback;
