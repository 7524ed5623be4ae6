begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.request(tests.organisation_id(), 2);
update accounting.export_requests set state = 'produced', next_attempt_at = null
where run_id = tests.run_of(2);

-- when
select tests.answer(tests.run_of(1), tests.item(
  'unclear', '{1}', '{"needs_person": true, "error_message": "found twice"}'
));

-- then
select set_eq(
  'select kind, run_id from api.export_attention',
  $$ values ('needs_review', tests.run_of(1)), ('produced', tests.run_of(2)) $$, 'at once'
);
select is(
  (select a.reason from api.export_attention as a where a.kind = 'needs_review'), 'found twice',
  'with the reason'
);
select is_empty(
  'select * from api.export_attention where reason is null or action is null',
  'each says why, and what to do'
);

select * from finish();
rollback;
