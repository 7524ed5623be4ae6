begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.start(tests.organisation_id(), tests.run_of(1));

-- when
select tests.move_clock('9.999 s');

-- then
select is(accounting.sweep(), 0, 'nothing has lapsed');
select is(tests.state_of(tests.run_of(1)), 'sending', 'it is still being sent');
select is_empty('select * from accounting.export_runs', 'the trail has no row');
select tests.move_clock('0.001 s');
select is(accounting.sweep(), 1, 'at its end it has');

select * from finish();
rollback;
