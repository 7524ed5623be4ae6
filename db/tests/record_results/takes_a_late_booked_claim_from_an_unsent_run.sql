begin;
select plan(4);

-- given a claim that was released, and is held by a run that has sent nothing
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1);
create temp table lease as
select tests.run_of(1) as run_id, tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.record(tests.organisation_id(), l.run_id, l.id, 'rejected', '{1}') from lease as l;
select tests.move_clock('1 s');
select tests.request(tests.organisation_id(), 1, 2);

-- when
select tests.record(tests.organisation_id(), l.run_id, l.id, 'accepted', '{1}') from lease as l;

-- then
select results_eq(
  $$ select (r).verdict, (r).blocking_run_id, (r).outcome
     from (select tests.reservation(tests.run_of(2), 1)) as s (r) $$,
  $$ select 'already_exported', l.run_id, null::text from lease as l $$, 'the new run drops it'
);
select is(tests.state_of(tests.run_of(2)), 'queued', 'and goes on with the other one');
select is(
  (tests.reservation((select l.run_id from lease as l), 1)).released_at, null,
  'the run that booked it holds it'
);
select tests.attempt(tests.run_of(2), tests.item('accepted', '{2}'));
select is(tests.state_of(tests.run_of(2)), 'exported', 'which is all it has to send');

select * from finish();
rollback;
