begin;
select plan(2);

-- given a run that is asked about before its first start, since there was a restore
select tests.organisation(1);
select accounting.freeze('restored');
select accounting.end_freeze();
select tests.put_claim(tests.organisation_id(), 1);
select tests.request(tests.organisation_id(), 1);
select tests.start(tests.organisation_id(), tests.run_of(1));

-- when
select is(
  tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}')), 'in_doubt',
  'nothing collides with what may have been sent otherwise'
);

-- then
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));
select is(
  tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}')), 'queued',
  'absent counts after the quarantine, twice'
);

select * from finish();
rollback;
