begin;
select plan(3);

-- given: an attempt ended without an answer, and the ledger didn't have it when it was asked
select tests.organisation(1);
select tests.switch_honoraria(tests.organisation_id());
select tests.declare(tests.organisation_id());
select tests.honorarium(tests.organisation_id(), 1);
select tests.acknowledge(tests.organisation_id());
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}', '{"http_status": 500}'));
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));
select is(tests.state_of(tests.run_of(1)), 'retry_wait', 'it collides, so it is sent again at once');
-- when
select tests.switch_honoraria(tests.organisation_id(), false);
select tests.wait_until_due(tests.run_of(1));
select tests.start(tests.organisation_id(), tests.run_of(1));
-- then
select is(tests.state_of(tests.run_of(1)), 'sending', 'no switch undoes what may be there');
select is(
  (tests.reservation(tests.run_of(1), 1)).verdict, 'exportable', 'so its run keeps it until it is certain'
);

select * from finish();
rollback;
