begin;
select plan(8);

-- given an organisation that writes files: a queued run, and a claim that no run holds
select tests.file_organisation(2);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.move_clock('1 h');

-- when the database is restored
select accounting.freeze('restored from a backup');

-- then the run is asked about
select is(
  (
    select s.batch #> '{files,isHistoryLost}'
    from run as r
    cross join lateral tests.lease(r.id) as l (id)
    cross join lateral accounting.start_question(tests.organisation_id(), r.id, l.id) as s
  ),
  'true', 'its adapter learns that our files prove nothing'
);
select is(
  tests.record(tests.organisation_id(), r.id, (tests.run(r.id)).lease_id, 'unclear', '{1}',
    '{"needs_person": true}'),
  'needs_review', 'and it waits for a person'
)
from run as r;
select tests.move_clock('2 h');
select is(tests.resolve(r.id, 'proved_absent'), 'failed', 'who looks in the ledger') from run as r;

-- and the claim without a run waits too
select matches((tests.question(2)).problem, 'before the restore', 'nobody is asked for it');
select is(tests.verdict(tests.organisation_id(), 2), 'flagged', 'and it isn''t exported');
select is(tests.flag('{2}', 'not in the ledger, looked on 4 March'), '1', 'a person has looked');
select is((tests.question(2)).problem, null, 'then our files are asked');
select tests.answer_without_run('absent', '{2}', '{"http_status": null}');
select tests.answer_without_run('absent', '{2}', '{"http_status": null}');
select tests.answer_without_run('absent', '{2}', '{"http_status": null}');
select is(tests.verdict(tests.organisation_id(), 2), 'exportable', 'and it may be exported');

select * from finish();
rollback;
