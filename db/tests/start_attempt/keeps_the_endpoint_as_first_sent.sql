begin;
select plan(2);

-- given an endpoint that moves before the first start, and again after it
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
update accounting.integrations set endpoint = 'https://second.example';
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));
create temp table first as select (tests.run(tests.run_of(1))).endpoint;
update accounting.integrations set endpoint = 'https://third.example';
select tests.wait_until_due(tests.run_of(1));
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when
create temp table started as
select s.* from lease,
  accounting.start_attempt(tests.organisation_id(), tests.run_of(1), lease.id) as s;

-- then
select is(
  (select f.endpoint from first as f), 'https://second.example', 'the first start takes today''s'
);
select is(
  (select s.batch ->> 'endpoint' from started as s), 'https://second.example',
  'a later one keeps it: what the first may have left behind is there'
);

select * from finish();
rollback;
