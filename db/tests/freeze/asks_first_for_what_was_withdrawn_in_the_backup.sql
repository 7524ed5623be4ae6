begin;
select plan(3);

-- given a claim that is withdrawn, and a restore
select tests.organisation_with_claims(1, 1);
select tests.put_claim(tests.organisation_id(), 2, '{"state": "withdrawn"}');
select tests.move_clock('1 h');
select accounting.freeze('restored');
select is((tests.claim(2)).flagged_at, null, 'as long as it is withdrawn nobody asks for it');
update accounting.integrations set frozen_at = null, frozen_reason = null;

-- when the app approves it, as it may have done in the history that was lost, and asks for it
select tests.put_claim(tests.organisation_id(), 2);
select tests.request(tests.organisation_id(), 2);
select tests.start(tests.organisation_id(), tests.run_of(2));

-- then
select is((tests.run(tests.run_of(2))).attempt_no, 0, 'it is not sent');
select is(tests.state_of(tests.run_of(2)), 'in_doubt', 'it is asked for first');

select * from finish();
rollback;
