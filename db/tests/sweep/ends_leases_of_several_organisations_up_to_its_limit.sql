begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.organisation_with_claims(2, 1);
select tests.organisation_with_claims(3, 1);
select tests.request(tests.organisation_id(n), 1) from generate_series(1, 3) as n;
select accounting.start_attempt(l.organisation_id, l.run_id, l.lease_id)
from accounting.lease_runs('dispatcher-1', 10) as l;
select tests.move_clock('10 s');

-- when, then
select is(accounting.sweep(2), 2, 'no more than its limit');
select is(
  (select count(*) from accounting.export_requests as e where e.state = 'in_doubt'), 2::bigint,
  'two are in doubt'
);
select is(accounting.sweep(2), 1, 'the rest comes next');
select is(accounting.sweep(2), 0, 'then there is none');

select * from finish();
rollback;
