begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1, 'xledger');
select tests.exported_run(1);
select tests.move_clock('1 hour');
create function pg_temp.leased ()
  returns text[]
  language sql
as $$
  select array(select l.purpose from accounting.lease_runs('dispatcher-1', 100) as l);
$$;

-- when, then
update accounting.integrations set paused_at = now(), paused_reason = '403';
select is(pg_temp.leased(), '{}', 'not while the system refuses us');
update accounting.integrations
set paused_at = null, paused_reason = null, frozen_at = now(), frozen_reason = 'restored';
-- The freeze would end here by itself.
select is(
  accounting.lease_follow_up(i, 'dispatcher-1'), null, 'not before what was restored is asked for'
)
from accounting.integrations as i;
update accounting.integrations set frozen_at = null, frozen_reason = null, is_enabled = false;
select is(pg_temp.leased(), '{follow}', 'a disabled one is followed up');
select is(pg_temp.leased(), '{}', 'by one dispatcher');

select * from finish();
rollback;
