begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 2);
create temp table run as select tests.exported_run(1, 2) as id;

-- when
select tests.void(r.id, '{1, 2}') from run as r;
create temp table again as select tests.request(tests.organisation_id(), 1, 2) as id;

-- then
select isnt(
  (tests.run(a.id)).batch_key, (tests.run(r.id)).batch_key,
  'the accounting system doesn''t take it for the first one'
)
from run as r, again as a;
create temp table lease as select tests.lease(a.id) as id from again as a;
select is(
  (
    select s.batch -> 'voidedExternalIds'
    from again as a, lease as l
    cross join lateral accounting.start_attempt(tests.organisation_id(), a.id, l.id) as s
  ),
  '["1001", "1002"]', 'and its adapter is told which ids don''t count'
);

select * from finish();
rollback;
