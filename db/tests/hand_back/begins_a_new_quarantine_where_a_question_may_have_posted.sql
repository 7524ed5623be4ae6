begin;
select plan(3);

-- given a run that posts, in doubt, and a question about it after the quarantine
select tests.organisation_with_claims(1, 1);
update accounting.integrations set settings = settings || '{"post_journal": true}';
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);
select tests.wait_until_due(tests.run_of(1));
select tests.lease(tests.run_of(1));
select is(
  accounting.finish_of(tests.organisation_id(), tests.run_of(1), tests.claim_ids(1)), 'now',
  'the question may post'
);

-- when its dispatcher can't go on
select accounting.hand_back(e.organisation_id, e.run_id, e.lease_id)
from accounting.export_requests as e;
-- then
select cmp_ok(
  (tests.run(tests.run_of(1))).quarantine_until, '>=',
  accounting.later(
    accounting.clock(), (select i.quarantine_ms from accounting.integrations as i)
  ),
  'it may still be posting: the quarantine begins anew'
);
select tests.wait_until_due(tests.run_of(1));
select tests.lease(tests.run_of(1));
select is(
  accounting.finish_of(tests.organisation_id(), tests.run_of(1), tests.claim_ids(1)), 'later',
  'the next question waits for its end'
);

select * from finish();
rollback;
