begin;
select plan(3);

-- given a run that nobody sends, one that is retried, and one in doubt
select tests.organisation_with_claims(1, 3);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.request(tests.organisation_id(), 2);
select tests.attempt(tests.run_of(2), tests.item('not_applied', '{2}'));
select tests.request(tests.organisation_id(), 3);

-- when
select tests.move_clock('61 minutes');

-- then
select set_eq(
  'select kind, run_id, since from api.export_attention',
  $$ values ('in_doubt_long', tests.run_of(1), (tests.run(tests.run_of(1))).in_doubt_since),
       ('queued_long', tests.run_of(2), (tests.run(tests.run_of(2))).requested_at),
       ('queued_long', tests.run_of(3), (tests.run(tests.run_of(3))).requested_at) $$,
  'each with its kind and since when'
);
select is_empty(
  'select * from api.export_attention where reason is null or action is null',
  'each says why, and what to do'
);
select tests.lease(tests.run_of(1));
select is(
  (select count(*) from api.export_attention as a where a.run_id = tests.run_of(1)), 1::bigint,
  'asking again does not hide it'
);

select * from finish();
rollback;
