-- Of an ended run, "absent" is what we expect of a claim that was released, and a disagreement for
-- one that was delivered: two rows then.
create or replace function accounting.split_absent (
  p_run accounting.export_requests,
  p_item jsonb
)
  returns table (item jsonb)
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when p_item ->> 'outcome' = 'absent' and parts.is_delivered then
      p_item || pg_catalog.jsonb_build_object(
        'outcome', 'unclear',
        'claim_ids', parts.claim_ids,
        'is_missing', true,
        'error_message', 'delivered, and the ledger has nothing of it'
      )
    else p_item || pg_catalog.jsonb_build_object('claim_ids', parts.claim_ids)
  end
  from (
    select
      p_item ->> 'outcome' = 'absent'
        and coalesce(r.delivered_at is not null and r.released_at is null, false) as is_delivered,
      pg_catalog.jsonb_agg(c.id order by c.id) as claim_ids
    from pg_catalog.jsonb_array_elements_text(p_item -> 'claim_ids') as c (id)
    left join accounting.claim_reservations as r
      on r.organisation_id = p_run.organisation_id
      and r.run_id = p_run.run_id
      and r.claim_id = c.id::uuid
    group by 1
  ) as parts;
$$;

comment on function accounting.split_absent(accounting.export_requests, jsonb) is
  'An answer about an ended run, in two where some of its claims were delivered and are not there.';
