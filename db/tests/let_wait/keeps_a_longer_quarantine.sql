begin;
select plan(1);

-- given a quarantine that is set shorter between two attempts
select tests.organisation_with_claims(1, 1, 'business_central', '{"quarantine_ms": 600000}');
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
create temp table first as select (tests.run(tests.run_of(1))).quarantine_until as until;
select tests.answer(tests.run_of(1), tests.item('absent', '{1}', '{"collides": true}'));
update accounting.integrations set quarantine_ms = 31000;

-- when
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));

-- then
select is(
  (tests.run(tests.run_of(1))).quarantine_until, (select f.until from first as f),
  'the first attempt''s is still to be waited for'
);

select * from finish();
rollback;
