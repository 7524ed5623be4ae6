begin;
select plan(2);

-- given a question whose lease lapsed, and that another dispatcher settled
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');
create temp table lease as
select l.lease_id as id from accounting.lease_runs('dispatcher-1', 100) as l;
select accounting.start_question(tests.organisation_id(), null, l.id) from lease as l;
select tests.move_clock('60 s');
select accounting.sweep();
select tests.answer_without_run('absent', '{1}') from generate_series(1, 2);

-- when, then
select is(
  (
    select o.is_late
    from lease as l
    cross join lateral accounting.record_results(jsonb_build_array(tests.report_without_run(
      tests.organisation_id(), l.id, tests.item('unclear', '{1}', '{"http_status": 504}')
    ))) as o
  ),
  true, 'it is kept as evidence'
);
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'and changes nothing');

select * from finish();
rollback;
