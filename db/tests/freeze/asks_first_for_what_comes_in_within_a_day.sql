begin;
select plan(6);

-- given a freeze that is over, since there was nothing to ask
select tests.organisation(1, 'xledger');
select accounting.freeze('restored');
select accounting.end_freeze();

-- when the app puts back what was lost, and asks for it
select tests.put_claim(tests.organisation_id(), n) from generate_series(1, 2) as n;
select tests.request(tests.organisation_id(), 1, 2);
select tests.start(tests.organisation_id(), tests.run_of(1));
select is((tests.run(tests.run_of(1))).attempt_no, 0, 'it is not sent');
select is(tests.state_of(tests.run_of(1)), 'in_doubt', 'it is asked for first');

-- then
select tests.answer(tests.run_of(1), tests.item('found', '{1}'), tests.item('absent', '{2}'));
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);
select tests.answer(tests.run_of(1), tests.item('absent', '{2}'));
select is(
  tests.answer(tests.run_of(1), tests.item('absent', '{2}')), 'queued',
  'what the ledger has is delivered, what it has not goes on'
);
select is(
  tests.attempt(tests.run_of(1), tests.item('accepted', '{2}')), 'exported', 'and is sent, once asked'
);

-- when a day is over
select tests.move_clock('24 h 1 s');
select tests.put_claim(tests.organisation_id(), 3);
select tests.request(tests.organisation_id(), 3);
select is(
  tests.attempt(tests.run_of(3), tests.item('accepted', '{3}')), 'exported', 'what is new is new'
);
select is(
  (select count(*) from accounting.export_runs where run_id = tests.run_of(3)), 1::bigint,
  'and nobody asks'
);

select * from finish();
rollback;
