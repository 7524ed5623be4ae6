begin;
select plan(9);

-- given a delivered claim, one refused with it, one of another run, and one that is still open
select tests.organisation_with_claims(1, 4);
create temp table run as select tests.request(tests.organisation_id(), 1, 2) as id;
select tests.attempt(r.id, tests.item('accepted', '{1}'), tests.item('rejected', '{2}'))
from run as r;
select tests.exported_run(3);
select tests.request(tests.organisation_id(), 4);

-- when, then
select is(tests.void(r.id, n.nos), 'AX019', n.what)
from run as r
cross join (values
  ('{2}'::integer[], 'refused'), ('{3}', 'delivered by another run'), ('{99}', 'no claim'),
  ('{1, 2}', 'one fits, one doesn''t')
) as n (nos, what);
select is(tests.void(tests.run_of(4), '{4}'), 'AX019', 'not sent yet');
select is(tests.void(null, '{1}'), 'AX019', 'exported by a run, voided without one');
select is(tests.counts(r.id), '1 1 0 0', 'nothing is changed') from run as r;
select is_empty(
  $$ select * from accounting.export_runs where kind = 'decision' $$, 'the trail has no decision'
);
select is(
  array[tests.void(r.id, '{}'), tests.void(r.id, '{1, 1}')], '{AX001, AX003}',
  'nor is a list taken that is none'
)
from run as r;

select * from finish();
rollback;
