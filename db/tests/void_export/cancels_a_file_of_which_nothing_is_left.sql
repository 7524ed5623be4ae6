begin;
select plan(8);

-- given a file that nobody has imported
select tests.file_organisation(2);
create temp table run as select tests.produced_run(1, 2) as id;
select is(tests.cancel(r.id), 'AX018', 'it can''t be cancelled') from run as r;
select is(tests.resolve(r.id, 'proved_absent'), 'AX018', 'nor resolved') from run as r;

-- when all of its claims are voided
select is(tests.void(r.id, '{1, 2}'), '2', 'they are voided') from run as r;

-- then
select is(tests.state_of(r.id), 'cancelled', 'the run is over') from run as r;
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'its claims are free');
select is(tests.attention(r.id), '{}', 'nobody has to import it') from run as r;
select is(tests.confirm(r.id), 'AX018', 'nor may say so') from run as r;
select isnt(
  (tests.run(tests.request(tests.organisation_id(), 1, 2))).batch_key, (tests.run(r.id)).batch_key,
  'the next one gets another name'
)
from run as r;

select * from finish();
rollback;
