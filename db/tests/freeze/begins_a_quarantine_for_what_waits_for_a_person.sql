begin;
select plan(2);

-- given a run that waits for a person, whose quarantine is over
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.run_in_review(1) as id;

-- when the database was restored: in the lost history it may have been sent a moment ago
select accounting.freeze('restored');

-- then
select is(tests.resolve(r.id, 'proved_absent'), 'AX026', 'nothing is released at once')
from run as r;
select tests.move_clock('60 s');
select is(tests.resolve(r.id, 'proved_absent'), 'failed', 'but after another quarantine')
from run as r;

select * from finish();
rollback;
