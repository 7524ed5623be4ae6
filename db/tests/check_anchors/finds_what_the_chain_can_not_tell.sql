begin;
select plan(5);

-- given: heads kept when the trail had 2, 4 and 6 rows
select tests.organisation(1);
create temporary table kept (organisation_id uuid, seq bigint, hash text, taken_at timestamptz);
create function pg_temp.append_two ()
  returns void
  language plpgsql
as $$
begin
  perform tests.append(tests.organisation_id(1), 'rejected', '{1}', '{"http_status": 400}');
  perform tests.append(tests.organisation_id(1), 'rejected', '{2}', '{"http_status": 400}');
  insert into kept
  select organisation_id, seq, hash, '2026-03-02T09:00:00Z' from accounting.audit_heads_now();
end;
$$;
select pg_temp.append_two();
select pg_temp.append_two();
select pg_temp.append_two();
create function pg_temp.checked ()
  returns text
  language sql
as $$
  select c.is_valid || ', ' || c.anchors_checked || ' heads, '
    || coalesce(c.first_bad_seq || ': ' || c.reason, 'nothing')
  from accounting.check_anchors(
    (select jsonb_agg(k) from kept as k), tests.organisation_id(1)
  ) as c;
$$;
create function pg_temp.checked_after (p_sql text)
  returns text
  language plpgsql
as $$
begin
  begin
    perform tests.tamper(p_sql);
    raise exception using errcode = 'P0999', message = pg_temp.checked();
  exception when sqlstate 'P0999' then
    return sqlerrm;
  end;
end;
$$;
-- when, then
select is(pg_temp.checked(), 'true, 3 heads, nothing', 'all heads agree');
select matches(
  pg_temp.checked_after('
    update accounting.export_runs set actor = ''somebody'' where seq = 4;
    select tests.seal_anew(tests.organisation_id(1), 4)'),
  '^false, 2 heads, 3: row 4 is not the one that was kept at .* between rows 3 and 4$',
  'rewritten from a row on: the heads around it say where'
);
select matches(
  pg_temp.checked_after('
    delete from accounting.export_runs where seq > 5;
    select tests.seal_anew(tests.organisation_id(1), 5)'),
  '^false, 3 heads, 6: row 6, kept at .*, is gone: the trail ends at row 5$',
  'cut off, and the head moved back'
);
select matches(
  pg_temp.checked_after('
    delete from accounting.export_runs;
    delete from accounting.audit_heads'),
  '^false, 1 heads, 1: row 2, kept at .*, is gone: the trail ends at row 0$', 'all of it is gone'
);
select is(
  pg_temp.checked_after('update accounting.export_runs set actor = ''me'' where seq = 3'),
  'false, 3 heads, 3: row 3 was changed: its hash does not fit its content',
  'what the chain can tell is told as before'
);

select * from finish();
rollback;
