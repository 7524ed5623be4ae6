begin;
select plan(6);

-- given an envelope of three that was undone because of one
select tests.organisation_with_claims(1, 3);
select tests.request(tests.organisation_id(), 1, 2, 3);

-- when
select tests.attempt(
  tests.run_of(1), tests.item('rejected', '{2}'),
  tests.item('not_applied', '{1,3}', '{"failure": "undone"}')
);

-- then
select is(tests.state_of(tests.run_of(1)), 'retry_wait', 'the others are sent again');
select is((tests.run(tests.run_of(1))).next_attempt_at, accounting.clock(), 'at once');
select is((tests.run(tests.run_of(1))).charged_attempts, 0, 'the attempt is not charged to them');
select is((tests.reservation(tests.run_of(1), 2)).released_at, null, 'the refused one waits');
select tests.attempt(tests.run_of(1), tests.item('accepted', '{1,3}'));
select is(tests.state_of(tests.run_of(1)), 'partially_exported', 'then the run has ended');
select is(
  (tests.reservation(tests.run_of(1), 2)).released_at, accounting.clock(),
  'the refused is released'
);

select * from finish();
rollback;
