begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 1);
create temporary table given on commit drop as select tests.exported_run(1) as run_id;
select tests.move_clock('73 months');
-- when
select accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17');
-- then
select is(tests.verdict(tests.organisation_id(1), 1), 'already_exported', 'it is not exported again');
select is(
  tests.violation_of(format(
    'update accounting.export_requests set state = %L, ended_at = null, exported_at = null,
       next_attempt_at = now() where run_id = %L', 'queued', g.run_id
  )),
  '23514 only_an_ended_runs_input_is_erased', 'nothing makes its run go on'
) from given as g;
select is(
  tests.error_of(format('select accounting.run_to_preview(%L, 1)', g.run_id)) ->> 'code',
  'AX018', 'what was sent is not made up from what is left'
) from given as g;
select tests.reconcile(g.run_id) from given as g;
select tests.answer_again(g.run_id, tests.item('found', array[1])) from given as g;
select is((tests.run(g.run_id)).state, 'exported', 'the ledger can be asked again') from given as g;
select tests.void(g.run_id, array[1]) from given as g;
select is(
  (select j.verdict || ': ' || j.detail
   from accounting.judge_claims(tests.organisation_id(1), tests.claim_ids(1)) as j),
  'not_approved: the claim''s person was erased',
  'voided, it is exported by nobody either'
);
select is(
  (select v.is_valid from accounting.verify_trail_of(tests.organisation_id(1)) as v), true,
  'the trail verifies'
);

select * from finish();
rollback;
