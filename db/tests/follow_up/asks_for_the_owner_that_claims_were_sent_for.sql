begin;
select plan(4);

-- given: a claim that was sent for the token's own entity, and later ones for another
select tests.organisation_with_claims(1, 3, 'xledger');
select tests.exported_run(1);
update accounting.integrations set settings = settings || '{"owner_code": "20"}';
select tests.move_clock('1 min');
select tests.exported_run(2, 3);
update accounting.integrations set settings = settings || '{"owner_code": "30"}';

create function pg_temp.followed (out owner_code text, out claims jsonb)
  language sql
as $$
  select s.batch #>> '{input,settings,owner_code}',
    jsonb_path_query_array(s.batch, '$.delivered[*].reference')
  from accounting.lease_runs('dispatcher-1', 100) as l
  cross join lateral accounting.start_follow_up(l.organisation_id, l.lease_id) as s;
$$;

-- when
select tests.move_clock('1 hour');
create temp table first as select * from pg_temp.followed();
-- then
select is((select f.owner_code from first as f), null, 'the owner of then, not of now');
select is((select f.claims from first as f), '["T-1"]', 'what was sent for another is asked for apart');

-- when: that is booked
update accounting.claim_reservations set follow_at = null where claim_id = tests.claim_id(1);
update accounting.follow_ups
set lease_id = null, lease_expires_at = null, leased_by = null, started_at = null;
create temp table second as select * from pg_temp.followed();
-- then
select is((select s.owner_code from second as s), '20', 'and for its own owner');
select is((select s.claims from second as s), '["T-2", "T-3"]', 'those of one run together');

select * from finish();
rollback;
