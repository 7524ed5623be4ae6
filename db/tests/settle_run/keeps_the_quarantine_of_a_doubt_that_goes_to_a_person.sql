begin;
select plan(3);

-- given a run for which a person is needed, as was learnt while it is being sent
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select accounting.send_to_review(tests.organisation_id(), tests.run_of(1), 'look for it twice');

-- when its outcome is not known
select tests.move_clock('4 s');
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'unknown', '{1}')
from lease as l;

-- then
select is(tests.state_of(tests.run_of(1)), 'needs_review', 'it goes to the person');
select is(
  (tests.run(tests.run_of(1))).quarantine_until, now() + interval '10 s' + interval '60 s',
  'who can''t say that it is absent before the quarantine is over, counted from the lease''s end'
);
select is(
  (tests.run(tests.run_of(1))).in_doubt_since, accounting.clock(), 'the doubt began just now'
);

select * from finish();
rollback;
