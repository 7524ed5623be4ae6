begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table copy as
select (e).* from accounting.export_requests as e;
update copy set run_id = gen_random_uuid();

-- when, then
select is(
  tests.violation_of('insert into accounting.export_requests select * from copy'),
  '23505 export_requests_organisation_id_request_key_idx', 'a second one is refused, whoever writes'
);
select tests.attempt(tests.run_of(1), tests.item('rejected', '{1}'));
select is(
  tests.violation_of('insert into accounting.export_requests select * from copy'), null,
  'once the first has ended there may be another'
);

select * from finish();
rollback;
