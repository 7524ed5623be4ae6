begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 2, 'xledger', '{"follow_up_ms": 60000}');
select tests.exported_run(1);
create function pg_temp.next_in ()
  returns integer
  language sql
as $$
  select (extract(epoch from (tests.followed()).next_at - accounting.clock()))::integer;
$$;

-- when, then
select tests.follow_up('{1}');
select tests.exported_run(2);
select tests.move_clock('59 s');
select is_empty(
  $$ select * from accounting.lease_runs('dispatcher-1', 100) as l where l.purpose = 'follow' $$,
  'not for a claim that was delivered since'
);
select tests.follow_up('{1, 2}', '{}', '{}', '{"problem": "HTTP 503"}');
select is(pg_temp.next_in(), 60, 'after a failure as well');
select tests.follow_up('{1, 2}', '{}', '{}', '{"problem": "HTTP 503"}');
select is(pg_temp.next_in(), 120, 'then ever later');
select tests.follow_up('{1, 2}', '{}', '{}', '{"problem": "HTTP 503"}') from generate_series(1, 5);
select is(pg_temp.next_in(), 720, 'at most twelve times as long');
select tests.follow_up('{1, 2}', '{}', '{}', '{"problem": "Wait", "retry_after_ms": 3600000}');
select is(pg_temp.next_in(), 3600, 'as late as it is told');
select tests.follow_up('{1, 2}', '{}', '{}', '{"problem": "Wait", "retry_after_ms": 1e12}');
select is(pg_temp.next_in(), 86400, 'and at most a day');

select * from finish();
rollback;
