begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1, 2);
select tests.attempt(tests.run_of(1), tests.item('unknown', '{1,2}'));
create function pg_temp.finish () returns text language sql as $$
  select accounting.finish_of(tests.organisation_id(), tests.run_of(1), tests.claim_ids(1, 2));
$$;

-- then
select is(pg_temp.finish(), 'no', 'nobody asks yet');
-- when
select tests.wait_until_due(tests.run_of(1));
create temp table lease as select tests.lease(tests.run_of(1)) as id;
-- then
select is(pg_temp.finish(), 'later', 'the lost attempt may still be at work');
select is(
  (
    select q.batch ->> 'finish' from lease,
      accounting.start_question(tests.organisation_id(), tests.run_of(1), lease.id) as q
  ),
  'later', 'and the dispatcher is told'
);
-- when
select tests.move_clock_to((tests.run(tests.run_of(1))).quarantine_until);
-- then
select is(pg_temp.finish(), 'now', 'once that is over, what it left undone may be done');

select * from finish();
rollback;
