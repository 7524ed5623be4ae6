begin;
select plan(4);

-- given a run that may send again at once, for a second send would collide with the one in doubt
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1, 2);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1, 2}'));
select tests.answer(tests.run_of(1), tests.item('absent', '{1, 2}', '{"collides": true}'));
create temp table before as select tests.state_of(tests.run_of(1)) as state;
select tests.wait_until_due(tests.run_of(1));
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when the trail says by now that another run has booked one of its claims
select tests.append(tests.organisation_id(), 'accepted', '{1}');
create temp table started as
select s.* from lease,
  accounting.start_attempt(tests.organisation_id(), tests.run_of(1), lease.id) as s;

-- then
select is((select b.state from before as b), 'retry_wait', 'it was about to be sent');
select results_eq(
  'select is_started, state, batch from started', $$ values (false, 'needs_review', null::jsonb) $$,
  'nothing is handed out'
);
select is((tests.run(tests.run_of(1))).attempt_no, 1, 'no attempt is counted');
select is(tests.state_of(tests.run_of(1)), 'needs_review', 'a person looks at it');

select * from finish();
rollback;
