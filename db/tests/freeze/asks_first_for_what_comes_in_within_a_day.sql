begin;
select plan(5);

-- given a freeze that is over, since there was nothing to ask
select tests.organisation(1);
select accounting.freeze('restored');
select accounting.end_freeze();
select is((select i.frozen_at from accounting.integrations as i), null, 'the freeze is over');

-- when the app puts back what was lost
select tests.put_claim(tests.organisation_id(), 1);

-- then
select is(tests.verdict(tests.organisation_id(), 1), 'flagged', 'it is asked for first');
select tests.answer_without_run('found', '{1}');
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'the ledger has it');

-- when a day is over
select tests.move_clock('24 h 1 s');
select tests.put_claim(tests.organisation_id(), 2);
-- then
select is(tests.verdict(tests.organisation_id(), 2), 'exportable', 'what is new is new');
select is_empty('select * from accounting.claim_questions', 'and nobody asks');

select * from finish();
rollback;
