begin;
select plan(4);

-- given a claim that was flagged while a run held it, and one while it was being sent
select tests.organisation_with_claims(1, 3);
select tests.request(tests.organisation_id(), 1, 3);
select tests.request(tests.organisation_id(), 2);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(2)) as id;
select accounting.flag_claims(
  tests.organisation_id(), tests.claim_ids(1, 2), 'is it there?', 'coordinator-1'
);
select is_empty('select * from accounting.claim_questions', 'their runs would ask for them');

-- when the runs end without having asked
select accounting.cancel_run(tests.organisation_id(), tests.run_of(1));
select is(
  tests.record(tests.organisation_id(), tests.run_of(2), lease.id, 'rejected', array[2]), 'rejected',
  'the second one is refused'
)
from lease;

-- then
select results_eq(
  'select q.claim_id, q.next_question_at from accounting.claim_questions as q order by q.claim_id',
  $$ values (tests.claim_id(1), accounting.clock()), (tests.claim_id(2), accounting.clock()) $$,
  'they are asked for without a run, and no other claim is'
);
select is(
  tests.verdict(tests.organisation_id(), 1), 'flagged', 'and not exported before there is an answer'
);

select * from finish();
rollback;
