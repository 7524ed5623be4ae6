begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.start(tests.organisation_id(), tests.run_of(1));
select tests.append_row(tests.run_of(1), 'accepted', '{1}');

-- when
select tests.move_clock('10 s');
select accounting.sweep();

-- then
select is(
  tests.state_of(tests.run_of(1)), 'exported',
  'what is known to be booked is not in doubt'
);
select is_empty(
  $$ select * from accounting.export_runs where actor = 'sweep' $$, 'no row says otherwise'
);

select * from finish();
rollback;
