begin;
select plan(5);

-- given a dispatcher that died over its question
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');
create temp table lease as
select l.lease_id as id from accounting.lease_runs('dispatcher-1', 100) as l;
select accounting.start_question(tests.organisation_id(), null, l.id) from lease as l;

-- when
select tests.move_clock('11 s');
select is(accounting.sweep(), 1, 'the sweep ends its lease');

-- then
select is((tests.question(1)).next_question_at, accounting.clock(), 'the claim is asked for again');
select throws_ok(
  format('select accounting.start_question(%L, null, %L)', tests.organisation_id(), l.id),
  'AX020', null, 'the old lease asks nothing'
)
from lease as l;
-- and what it tells all the same is evidence
select is(
  (
    select o.is_late
    from lease as l
    cross join lateral accounting.record_results(jsonb_build_array(tests.report_without_run(
      tests.organisation_id(), l.id, tests.item('found', '{1}', '{"http_status": 200}')
    ))) as o
  ),
  true, 'its answer is late'
);
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'and found counts');

select * from finish();
rollback;
