begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1, 'xledger');
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
create temp table doubt as select (tests.run(tests.run_of(1))).quarantine_until as until;

-- when, then
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));
select is(
  (tests.run(tests.run_of(1))).quarantine_until, (select d.until from doubt as d),
  'an answer "absent" leaves it'
);
select tests.answer(tests.run_of(1), tests.item('unclear', '{1}'));
select is(
  (tests.run(tests.run_of(1))).quarantine_until, (select d.until from doubt as d),
  'so does a question that failed'
);
update accounting.integrations set quarantine_ms = 31000;
select tests.answer(tests.run_of(1), tests.item('absent', '{1}'));
select is(
  (tests.run(tests.run_of(1))).quarantine_until, (select d.until from doubt as d),
  'and a quarantine that is set shorter meanwhile'
);

select * from finish();
rollback;
