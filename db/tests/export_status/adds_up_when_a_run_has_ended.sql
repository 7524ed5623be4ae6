begin;
select plan(2);

-- given claims to send, and one that is not approved in each request
select tests.organisation_with_claims(1, 6, 'business_central', '{"max_attempts": 1}');
select tests.put_claim(tests.organisation_id(), 7, '{"state": "withdrawn"}');

-- when
select tests.request(tests.organisation_id(), 1, 2, 7);
select tests.attempt(tests.run_of(1), tests.item('accepted', '{1,2}'));
select tests.request(tests.organisation_id(), 3, 4, 7);
select tests.attempt(tests.run_of(3), tests.item('accepted', '{3}'), tests.item('rejected', '{4}'));
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 4, 7);
select tests.attempt(tests.run_of(4), tests.item('rejected', '{4}'));
select tests.request(tests.organisation_id(), 5, 6, 7);
select tests.attempt(tests.run_of(5), tests.item('not_applied', '{5,6}'));

-- then
select set_eq(
  $$ select integration_status, total_claims, success_count, failure_count, skipped_count
     from api.export_status $$,
  $$ values ('exported', 3, 2, 0, 1), ('partially_exported', 3, 1, 1, 1),
       ('rejected', 2, 0, 1, 1), ('failed', 3, 0, 2, 1) $$,
  'each claim is counted once'
);
select is_empty(
  $$ select * from api.export_status
     where total_claims <> success_count + failure_count + skipped_count $$,
  'nothing is open in what has ended'
);

select * from finish();
rollback;
