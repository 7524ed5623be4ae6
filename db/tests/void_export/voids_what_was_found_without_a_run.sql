begin;
select plan(7);

-- given a claim that was found in the ledger, though no run had exported it, and is doubted again
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');
select tests.answer_without_run(
  'found', '{1}', jsonb_build_object('external_ids', tests.ids(1, '9'))
);
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'it is exported');
select tests.flag('{1}');

-- when
select is(tests.void(null, '{1}'), 'AX026', 'not before the quarantine is over');
select tests.move_clock('61 s');
select is(tests.void(null, '{1}'), '1', 'a person removed it');

-- then
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'it may be exported');
select is(
  (select x.external_ids from accounting.export_runs as x where x.outcome = 'voided'),
  tests.ids(1, '9'), 'the trail names what was removed'
);
select is_empty('select * from accounting.claim_questions', 'nothing is left to ask');
select is(tests.void(null, '{1}'), 'AX019', 'the second time there is nothing to void');

select * from finish();
rollback;
