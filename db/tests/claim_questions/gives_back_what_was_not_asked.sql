begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');
create temp table lease as
select l.lease_id as id from accounting.lease_runs('dispatcher-1', 100) as l;

-- when
select is(
  accounting.hand_back(tests.organisation_id(), null, l.id, 5000), true, 'it is taken back'
)
from lease as l;

-- then
select is(
  (tests.question(1)).next_question_at, accounting.clock() + interval '5 s', 'due when told'
);
select is((tests.question(1)).question_count, 0, 'and doesn''t count as asked');

select * from finish();
rollback;
