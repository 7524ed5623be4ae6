begin;
select plan(4);

-- given
select tests.organisation(1);
select tests.append(tests.organisation_id(1), 'accepted', '{1}');
-- when: ordinary triggers are switched off
set local session_replication_role = replica;
-- then
select throws_ok('update accounting.export_runs set actor = ''me''', 'AX021', null, 'an update');
select throws_ok('delete from accounting.export_runs', 'AX021', null, 'a delete');
select throws_ok('truncate accounting.export_runs', 'AX021', null, 'a truncate');
insert into accounting.export_runs
  (organisation_id, seq, kind, outcome, attempt_no, run_id, claim_ids, actor, previous_hash, hash)
select organisation_id, 2, kind, outcome, 2, run_id, claim_ids, actor, hash, repeat('f', 64)
from accounting.export_runs;
select is(
  (select hash from accounting.export_runs where seq = 2),
  (select accounting.hash_export_run(r) from accounting.export_runs as r where seq = 2),
  'and a row inserted by hand is sealed all the same'
);

select * from finish();
rollback;
