begin;
select plan(5);

-- given a claim that was flagged before its run was sent
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
update accounting.claims set flagged_at = accounting.clock(), flagged_reason = 'a restore';
select tests.start(tests.organisation_id(), tests.run_of(1));

-- when
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));

-- then
select is(
  tests.state_of(tests.run_of(1)), 'in_doubt', 'what may be there under another key never collides'
);
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));
select isnt(
  (select c.flagged_at from accounting.claims as c), null,
  'one answer does not clear it'
);
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));
select is(
  (select c.flagged_at from accounting.claims as c), null,
  'proved absence clears the flag'
);
select is(tests.state_of(tests.run_of(1)), 'queued', 'and the run, never sent, goes on');
select is(
  tests.attempt(tests.run_of(1), tests.item('accepted', '{1}')), 'exported', 'as any other does'
);

select * from finish();
rollback;
