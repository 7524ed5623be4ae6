begin;
select plan(4);

-- given an organisation on Xledger, and a restore
select tests.organisation_with_claims(1, 1, 'xledger');
select accounting.freeze('restored');

-- when another system is put in, as it may have been in the history that was lost
select tests.organisation(1, 'business_central');
-- then
select results_eq(
  'select q.system from accounting.claim_questions as q order by 1',
  $$ values ('business_central'), ('xledger') $$, 'claims are asked for there too'
);

-- when a whole organisation comes in
select tests.organisation_with_claims(2, 1);
select tests.request(tests.organisation_id(2), 1);
select tests.start(tests.organisation_id(2), tests.run_of(1, 2));
-- then
select is(tests.state_of(tests.run_of(1, 2)), 'in_doubt', 'so are its claims');

-- when a day is over
select tests.move_clock('24 h 1 s');
select tests.organisation_with_claims(3, 1);
-- then
select is(tests.verdict(tests.organisation_id(3), 1), 'exportable', 'what is new is new');

-- when an organisation had no integration when its claims were flagged
delete from accounting.integrations as i where i.organisation_id = tests.organisation_id(3);
select accounting.flag_claims(tests.organisation_id(3), tests.claim_ids(1), 'in doubt', 'somebody');
select tests.organisation(3, 'xledger');
-- then
select is(
  (
    select q.system
    from accounting.claim_questions as q
    where q.organisation_id = tests.organisation_id(3)
  ),
  'xledger', 'its first one is asked'
);

select * from finish();
rollback;
