begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 2);
create temporary table first as select tests.request(tests.organisation_id(1), 1) as id;
select tests.record(
  tests.organisation_id(1), id, tests.start(tests.organisation_id(1), id), 'rejected', '{1}'
) from first;
select is((select tests.state_of(id) from first), 'rejected', 'the first run was refused');
-- when
create temporary table second as select tests.request(tests.organisation_id(1), 1) as id;
-- then
select isnt((select id from second), (select id from first), 'the same request makes a new run');
select is((select tests.state_of(id) from second), 'queued', 'and the claim was free for it');

select * from finish();
rollback;
