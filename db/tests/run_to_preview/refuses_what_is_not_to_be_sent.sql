begin;
select plan(2);

-- given: a run of a claim that is not known
select tests.organisation(1);
create temporary table run as select tests.request(tests.organisation_id(1), 9) as id;
-- when, then
select throws_ok(
  $$ select accounting.run_to_preview(tests.organisation_id(99)) $$,
  'AX016', null, 'there is no such run'
);
select throws_ok(
  $$ select accounting.run_to_preview(id) from run $$,
  'AX018', null, 'the guard let none of its claims through'
);

select * from finish();
rollback;
