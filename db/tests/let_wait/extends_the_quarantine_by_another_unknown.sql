begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));
create temp table first as select (tests.run(tests.run_of(1))).quarantine_until as until;

-- when
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));

-- then
select is(
  (tests.run(tests.run_of(1))).quarantine_until, accounting.clock() + interval '70 s',
  'it counts from the later attempt'
);
select cmp_ok(
  (tests.run(tests.run_of(1))).quarantine_until, '>', (select f.until from first as f),
  'which is longer'
);

select * from finish();
rollback;
