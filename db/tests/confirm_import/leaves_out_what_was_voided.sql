begin;
select plan(6);

-- given
select tests.file_organisation(2);
create temp table run as select tests.produced_run(1, 2) as id;

-- when one claim was left out of the import
select is(tests.void(r.id, '{1}'), '1', 'it is voided') from run as r;
select is(tests.state_of(r.id), 'produced', 'the other one still waits') from run as r;
select is(tests.confirm(r.id), 'partially_exported', 'and is confirmed') from run as r;

-- then
select is((tests.claim(1)).exported_at, null, 'the voided one is not exported');
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'and may be, by another run');
select is(tests.counts(r.id), '1 0 1 0', 'which a coordinator sees') from run as r;

select * from finish();
rollback;
