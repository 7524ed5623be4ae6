begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.move_clock('10 s');
select accounting.sweep();

-- when
select tests.record(
  tests.organisation_id(), tests.run_of(1), l.id, 'not_applied', '{1}',
  '{"failure": "configuration", "http_status": 403}'
)
from lease as l;

-- then
select is(
  (select i.paused_at from accounting.integrations as i), null,
  'somebody else sends by now'
);

select * from finish();
rollback;
