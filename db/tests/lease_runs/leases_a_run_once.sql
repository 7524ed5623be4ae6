begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when
create temp table again as select * from accounting.lease_runs('dispatcher-2', 10);
select tests.move_clock('11 s');
create temp table lapsed as select * from accounting.lease_runs('dispatcher-2', 10);
select accounting.sweep();
create temp table swept as select * from accounting.lease_runs('dispatcher-2', 10);

-- then
select is_empty('select * from again', 'a leased run is not leased again');
select is_empty(
  'select * from lapsed',
  'not even when its lease has lapsed: only the sweep ends it'
);
select is((select count(*) from swept), 1::bigint, 'after the sweep it is');
select isnt(
  (select s.lease_id from swept as s), (select l.id from lease as l), 'under a lease of its own'
);

select * from finish();
rollback;
