begin;
select plan(5);

-- given two claims that were refused the second time, and whose first send is doubted
select tests.organisation_with_claims(1, 2);
create function pg_temp.refused_run (p_no integer)
  returns text
  language sql
as $$
  select tests.request(tests.organisation_id(), p_no);
  select tests.attempt(tests.run_of(p_no), tests.item('unknown', array[p_no]));
  select tests.answer(tests.run_of(p_no), tests.item('absent', array[p_no], '{"collides": true}'));
  select tests.attempt(tests.run_of(p_no), tests.item('rejected', array[p_no]));
  select tests.answer(tests.run_of(p_no), tests.item('unclear', array[p_no]))
  from generate_series(1, 20);
  select tests.move_clock_to((tests.run(tests.run_of(p_no))).quarantine_until);
  select tests.state_of(tests.run_of(p_no));
$$;
select is(
  array[pg_temp.refused_run(1), pg_temp.refused_run(2)], '{needs_review, needs_review}',
  'both wait for a person'
);

-- when, then
select is(
  tests.resolve(tests.run_of(1), 'booked_by_hand'), 'exported', 'the first send is in the ledger'
);
select is(tests.counts(tests.run_of(1)), '1 0 0 0', 'whatever the second was told');
select is(tests.resolve(tests.run_of(2), 'proved_absent'), 'rejected', 'or it is not');
select is(tests.counts(tests.run_of(2)), '0 1 0 0', 'and the claim is released');

select * from finish();
rollback;
