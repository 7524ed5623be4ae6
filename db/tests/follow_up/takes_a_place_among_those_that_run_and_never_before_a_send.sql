begin;
select plan(3);

-- given an integration that takes one at a time, a claim to follow up, and one to send
select tests.organisation_with_claims(1, 2, 'xledger', '{"max_concurrency": 1}');
select tests.exported_run(1);
select tests.move_clock('1 hour');
create temp table run as select tests.request(tests.organisation_id(1), 2) as id;
create function pg_temp.leased ()
  returns text[]
  language sql
as $$
  select array(select l.purpose from accounting.lease_runs('dispatcher-1', 100) as l);
$$;

-- when, then
select is(pg_temp.leased(), '{send}', 'what is to be sent goes first');
select accounting.hand_back(tests.organisation_id(), r.id, (tests.run(r.id)).lease_id, 60000)
from run as r;
select is(pg_temp.leased(), '{follow}', 'then it is followed up');
select tests.wait_until_due(r.id) from run as r;
update accounting.follow_ups set lease_expires_at = accounting.clock() + interval '1 min';
select is(pg_temp.leased(), '{}', 'and meanwhile nothing is sent');

select * from finish();
rollback;
