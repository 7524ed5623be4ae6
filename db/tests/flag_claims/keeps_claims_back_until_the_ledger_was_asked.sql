begin;
select plan(8);

-- given
select tests.organisation_with_claims(1, 2);

-- when
select is(tests.flag('{1}', 'the old system may have it'), '1', 'a claim is flagged');

-- then
select is(tests.verdict(tests.organisation_id(), 1), 'flagged', 'it is not exported');
select is(tests.verdict(tests.organisation_id(), 2), 'exportable', 'the other one may be');
select is(
  (
    select array[a.kind, a.reason]
    from api.export_attention as a
    where a.claim_id = tests.claim_id(1)
  ),
  '{flagged, the old system may have it (flagged by coordinator-1)}', 'with who flagged it and why'
);
-- when the ledger has nothing, once too early and then twice
select tests.answer_without_run('absent', '{1}');
select is(tests.verdict(tests.organisation_id(), 1), 'flagged', 'too early to count');
select tests.answer_without_run('absent', '{1}');
select is(tests.verdict(tests.organisation_id(), 1), 'flagged', 'once is not enough');
select tests.answer_without_run('absent', '{1}');
-- then
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'twice is');
select is(
  tests.trail(null), '{reconciliation absent, reconciliation absent, reconciliation absent}',
  'each answer is in the trail'
);

select * from finish();
rollback;
