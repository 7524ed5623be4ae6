begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 3);
select tests.request(tests.organisation_id(), 1, 2, 3);
select tests.attempt(
  tests.run_of(1),
  tests.item('accepted', '{1}'), tests.item('unknown', '{2}'), tests.item('not_applied', '{3}')
);
select tests.wait_until_due(tests.run_of(1));
select tests.lease(tests.run_of(1));
-- when
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);
-- then
select is(
  accounting.finish_of(tests.organisation_id(), tests.run_of(1), tests.claim_ids(2)),
  'no', 'claim 3 is still to be sent'
);
select is(
  accounting.finish_of(tests.organisation_id(), tests.run_of(1), tests.claim_ids(2, 3)),
  'now', 'unless it is asked about too'
);

select * from finish();
rollback;
