begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
create temp table before as select (tests.run(tests.run_of(1))).*;

-- when
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));

-- then
select cmp_ok(
  accounting.clock(), '<', (select b.quarantine_until from before as b),
  'the quarantine lasts still'
);
select is(tests.state_of(tests.run_of(1)), 'retry_wait', 'the same run is sent again all the same');
select is(
  (tests.run(tests.run_of(1))).batch_key, (select b.batch_key from before as b),
  'under the same batch key'
);
select is(
  (tests.reservation(tests.run_of(1), 1)).absence_proved_at, null,
  'for a release it proves nothing'
);

select * from finish();
rollback;
