begin;
select plan(2);

-- given runs of which three each were asked for at the same time
select tests.organisation_with_claims(1, 10);
select tests.request(tests.organisation_id(), n) from generate_series(1, 10) as n;
update accounting.export_requests
set requested_at = '2026-03-02 09:00Z'::timestamptz
  + right(claim_ids[1]::text, 2)::integer / 3 * interval '1 minute';
create temporary table page (no serial, run_id uuid, requested_at timestamptz);
grant all on page, page_no_seq to authenticated;

-- when somebody reads two at a time, as docs/api.md says
select tests.sign_in(tests.organisation_id(), 'auditor');
insert into page (run_id, requested_at)
select run_id, requested_at from api.export_status order by requested_at desc, run_id limit 2;
do $$
declare
  v_last page;
begin
  loop
    select * into v_last from page order by no desc limit 1;
    insert into page (run_id, requested_at)
    select s.run_id, s.requested_at
    from api.export_status as s
    where s.requested_at <= v_last.requested_at
      and (s.requested_at < v_last.requested_at or s.run_id > v_last.run_id)
    order by s.requested_at desc, s.run_id
    limit 2;
    exit when not found;
  end loop;
end;
$$;
reset role;

-- then
select bag_eq(
  'select run_id from page', 'select run_id from accounting.export_requests', 'each of them, once'
);
select results_eq(
  'select run_id from page order by no',
  'select run_id from accounting.export_requests order by requested_at desc, run_id',
  'and in their order'
);

select * from finish();
rollback;
