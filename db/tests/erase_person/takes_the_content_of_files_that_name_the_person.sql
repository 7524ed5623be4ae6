begin;
select plan(5);

-- given
select tests.file_organisation(3);
create temporary table given on commit drop as
select tests.produced_run(1, 2) as one, tests.produced_run(3) as other;
select tests.confirm(g.one) from given as g;
select tests.move_clock('73 months');
select is(
  tests.error_of(format(
    'select accounting.erase_claims(%L, %L, null, %L, %L, %L)',
    tests.organisation_id(1), tests.claim_ids(3), 'request', 'case 17', 'ola'
  )) ->> 'code',
  'AX050', 'a file that waits for its import keeps its claims'
);
-- when
select accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17');
-- then
select results_eq(
  $$ select f.run_id = g.one, f.content is null, f.other_content is null, f.erased_at is not null,
       f.sha256 ~ '^[0-9a-f]{64}$', f.bytes
     from accounting.export_files as f cross join given as g order by 1 $$,
  $$ values (false, false, false, false, true, 3), (true, true, true, true, true, 3) $$,
  'its content is gone and its hash is there; a file that waits is whole'
);
select is(tests.download(g.one), 'AX028', 'it is not given out any more') from given as g;
select is(tests.download(g.other), 'a,b', 'the other one is') from given as g;
select is(
  (select x.file_count from accounting.erasures as x), 1, 'one file is counted'
);

select * from finish();
rollback;
