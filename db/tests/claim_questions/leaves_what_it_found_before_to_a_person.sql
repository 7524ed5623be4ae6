begin;
select plan(5);

-- given a claim that is exported without a run, and is flagged again
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');
select tests.answer_without_run(
  'found', '{1}', jsonb_build_object('external_ids', tests.ids(1, '1001'))
);
select tests.flag('{1}');

-- when the ledger has nothing of it
select tests.move_clock_to((tests.question(1)).quarantine_until);
select tests.answer_without_run('absent', '{1}') from generate_series(1, 2);

-- then
select isnt((tests.claim(1)).flagged_at, null, 'the flag stays');
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'it is not sent');
select matches((tests.question(1)).problem, 'nothing of it', 'and a person is told why');

-- when that person says that it is gone
select is(tests.void(null, '{1}'), '1', 'it can be voided');
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'and exported again');

select * from finish();
rollback;
