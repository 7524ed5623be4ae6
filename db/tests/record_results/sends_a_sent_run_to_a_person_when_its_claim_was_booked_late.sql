begin;
select plan(4);

-- given a claim that was released, and sent by another run since
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as
select tests.run_of(1) as run_id, tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.record(tests.organisation_id(), l.run_id, l.id, 'rejected', '{1}') from lease as l;
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));

-- when
select tests.record(tests.organisation_id(), l.run_id, l.id, 'accepted', '{1}') from lease as l;

-- then
select is(tests.state_of(tests.run_of(1)), 'needs_review', 'it may be in the ledger twice');
select set_eq(
  'select kind, run_id from api.export_attention',
  $$ select 'needs_review', tests.run_of(1) union all select 'booked_late', l.run_id
     from lease as l $$,
  'a person is told of both runs'
);
select is(
  (select j.verdict from accounting.judge_claims(tests.organisation_id(), tests.claim_ids(1)) as j),
  'already_exported', 'the claim counts as exported'
);
select is(tests.lease(tests.run_of(1)), null, 'nothing is sent or asked by itself');

select * from finish();
rollback;
