begin;
select plan(2);

-- given a run in doubt that was asked about once
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.answer(tests.run_of(1), tests.item('unclear', '{1}'));
select tests.wait_until_due(tests.run_of(1));

-- when a dispatcher takes it twenty times, and can't ask
select accounting.hand_back(
  tests.organisation_id(), tests.run_of(1), tests.lease(tests.run_of(1))
)
from generate_series(1, 20);

-- then
select is((tests.run(tests.run_of(1))).question_count, 1, 'only what was asked is counted');
select is(
  tests.answer(tests.run_of(1), tests.item('unclear', '{1}')), 'in_doubt',
  'so it goes to no person for having been asked about too often'
);

select * from finish();
rollback;
