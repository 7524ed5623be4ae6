begin;
select plan(3);

-- given a claim in a file that somebody doubts
select tests.file_organisation(1);
create temp table run as select tests.produced_run(1) as id;
select tests.flag('{1}');

-- when
select is(tests.void(r.id, '{1}'), '1', 'it is voided') from run as r;

-- then
select is((tests.claim(1)).flagged_at, null, 'the doubt is answered');
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'and the claim free');

select * from finish();
rollback;
