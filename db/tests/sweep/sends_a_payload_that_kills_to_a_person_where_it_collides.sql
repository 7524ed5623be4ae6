begin;
select plan(4);

-- given a run that may be tried once more
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));

-- when its dispatcher dies, and the ledger has nothing yet, where sending again would collide
select tests.wait_until_due(tests.run_of(1));
select tests.start(tests.organisation_id(), tests.run_of(1));
select tests.move_clock('10 s');
select accounting.sweep();
create temp table swept as select tests.state_of(tests.run_of(1)) as state;
select tests.move_clock('60 s');
select tests.answer(
  tests.run_of(1), tests.item('absent', '{1}') || '{"collides": true}'
);

-- then
select is((select s.state from swept as s), 'in_doubt', 'first it is asked about');
select is(
  tests.state_of(tests.run_of(1)), 'needs_review', 'then a person has to look: it has not failed'
);
select is(
  (tests.reservation(tests.run_of(1), 1)).released_at, null, 'and nobody else may send it meanwhile'
);
select is(
  (tests.run(tests.run_of(1))).review_reason,
  'sent 3 times, and the dispatcher died in the last attempt',
  'the reason is told'
);

select * from finish();
rollback;
