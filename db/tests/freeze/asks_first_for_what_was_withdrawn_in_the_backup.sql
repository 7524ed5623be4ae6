begin;
select plan(3);

-- given a claim that is withdrawn, and a restore
select tests.organisation_with_claims(1, 1);
select tests.put_claim(tests.organisation_id(), 2, '{"state": "withdrawn"}');
select accounting.freeze('restored');
select is((tests.claim(2)).flagged_at, null, 'as long as it is withdrawn nobody asks for it');

-- when the app approves it, as it may have done in the history that was lost
select tests.put_claim(tests.organisation_id(), 2);

-- then
select is(tests.verdict(tests.organisation_id(), 2), 'flagged', 'it is asked for first');
select isnt((tests.question(2)).next_question_at, null, 'and somebody asks');

select * from finish();
rollback;
