begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.move_to_server('1');
select accounting.lease_runs('dispatcher-1', 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;

-- when, then
select is(tests.attempt(r.id, tests.item('accepted', '{1}')), 'exported', 'runs are sent')
from run as r;
select is((select i.frozen_at from accounting.integrations as i), null, 'nothing is frozen');

select * from finish();
rollback;
