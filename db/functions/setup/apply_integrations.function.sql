-- The integrations: those of the file are written, others of the organisation are disabled first,
-- so that at most one is enabled at any moment.
create or replace function accounting.apply_integrations (
  p_organisation_id uuid,
  p_integrations jsonb
)
  returns table (object text, result text)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_old accounting.integrations;
  v_new accounting.integrations;
begin
  return query
    with disabled as (
      update accounting.integrations as i
      set is_enabled = false
      where i.organisation_id = p_organisation_id
        and i.is_enabled
        and not exists (
          select
          from pg_catalog.jsonb_array_elements(p_integrations) as n (item)
          where n.item ->> 'system' = i.system
            and coalesce((n.item ->> 'is_enabled')::boolean, true)
        )
      returning i.system
    )
    select 'integration ' || disabled.system, 'disabled' from disabled;

  for v_new in
    select (pg_catalog.jsonb_populate_record(d.defaults, n.item)).*
    from pg_catalog.jsonb_array_elements(p_integrations) as n (item)
    cross join (select accounting.default_integration(p_organisation_id)) as d (defaults)
    order by coalesce((n.item ->> 'is_enabled')::boolean, true), n.item ->> 'system'
  loop
    v_new.organisation_id := p_organisation_id;
    select * into v_old
    from accounting.integrations as i
    where i.organisation_id = p_organisation_id
      and i.system = v_new.system;
    if found then
      v_new.paused_at := v_old.paused_at;
      v_new.paused_reason := v_old.paused_reason;
      v_new.frozen_at := v_old.frozen_at;
      v_new.frozen_reason := v_old.frozen_reason;
      v_new.restored_at := v_old.restored_at;
      v_new.created_at := v_old.created_at;
      v_new.updated_at := v_old.updated_at;
      if v_new is not distinct from v_old then
        return query select 'integration ' || v_new.system, 'unchanged';
        continue;
      end if;
      update accounting.integrations as i
      set endpoint = v_new.endpoint,
        credential_ref = v_new.credential_ref,
        settings = v_new.settings,
        is_enabled = v_new.is_enabled,
        max_attempts = v_new.max_attempts,
        base_delay_ms = v_new.base_delay_ms,
        max_delay_ms = v_new.max_delay_ms,
        lease_ms = v_new.lease_ms,
        send_timeout_ms = v_new.send_timeout_ms,
        remote_max_ms = v_new.remote_max_ms,
        quarantine_ms = v_new.quarantine_ms,
        max_concurrency = v_new.max_concurrency,
        follow_up_ms = v_new.follow_up_ms
      where i.organisation_id = p_organisation_id
        and i.system = v_new.system;
      return query select 'integration ' || v_new.system, 'updated';
    else
      insert into accounting.integrations values (v_new.*);
      return query select 'integration ' || v_new.system, 'created';
    end if;
  end loop;
end;
$$;

comment on function accounting.apply_integrations(uuid, jsonb) is 'Part of apply_organisation.';
