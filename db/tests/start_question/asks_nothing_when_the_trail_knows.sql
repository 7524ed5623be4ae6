begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1}'));
select tests.append_row(tests.run_of(1), 'accepted', '{1}');
select tests.wait_until_due(tests.run_of(1));
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when
create temp table asked as
select q.* from lease,
  accounting.start_question(tests.organisation_id(), tests.run_of(1), lease.id) as q;

-- then
select results_eq(
  'select is_started, state, batch from asked', $$ values (false, 'exported', null::jsonb) $$,
  'what the trail knows to be booked is settled without asking'
);
select is(tests.state_of(tests.run_of(1)), 'exported', 'the run has ended');

select * from finish();
rollback;
