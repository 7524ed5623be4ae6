begin;
select plan(3);

-- given an ended run whose question a dispatcher died over
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.exported_run(1) as id;
select tests.reconcile(r.id) from run as r;
select tests.lease(r.id) from run as r;

-- when
select tests.move_clock('11 s');
select accounting.sweep();

-- then
select is((tests.run(r.id)).lease_id, null, 'the lease is ended') from run as r;
select isnt((tests.run(r.id)).ask_at, null, 'it is asked about again') from run as r;
select is(tests.state_of(r.id), 'exported', 'the state stays') from run as r;

select * from finish();
rollback;
