begin;
select plan(5);

-- given a problem in each of two organisations
select tests.organisation_with_claims(1, 1);
select tests.organisation_with_claims(2, 1);
select accounting.flag_claims(o.id, tests.claim_ids(1), 'doubted', 'coordinator-1')
from accounting.organisations as o;
update accounting.claim_questions
set next_question_at = null, problem = 'the sums differ in ' || organisation_id;
grant usage on schema accounting to authenticated; -- to look past the view

-- when, then
select tests.sign_in(tests.organisation_id(2), 'coordinator');
select is(
  array(select q.organisation_id from accounting.claim_questions as q),
  array[tests.organisation_id(2)], 'the table has only its own'
);
select matches(
  (select string_agg(a.reason, ' ') from api.export_attention as a),
  'doubted.*: business_central: the sums differ in ' || tests.organisation_id(2) || '$',
  'nor does the view show another''s'
);
select throws_ok(
  'select q.lease_id from accounting.claim_questions as q', '42501', null,
  'what the view doesn''t need is closed'
);
select throws_ok(
  'delete from accounting.claim_questions', '42501', null, 'and nothing can be changed'
);
reset role;
select tests.sign_in(tests.organisation_id(2), 'driver');
select is_empty('select q.claim_id from accounting.claim_questions as q', 'a driver sees none');

select * from finish();
rollback;
