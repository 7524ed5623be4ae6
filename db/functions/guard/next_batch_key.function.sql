-- The key under which the accounting system meets a batch: over the reserved claims and a
-- generation, which counts the earlier runs with the same claims that started an attempt. So a run
-- of a restored backup meets what was already booked, and a run after a void gets a key of its own.
-- Where another batch has the same journal code or overlapping voucher numbers, the next.
create or replace function accounting.next_batch_key (
  p_organisation_id uuid,
  p_system text,
  p_reserved uuid[]
)
  returns text
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_generation bigint;
  v_key text;
begin
  select count(*) into v_generation
  from accounting.export_requests as e
  where e.organisation_id = p_organisation_id
    and e.reserved_key = accounting.sha256_key(p_organisation_id, p_reserved)
    and e.attempt_no > 0;
  loop
    v_key := accounting.sha256_key(p_organisation_id, p_reserved, v_generation);
    exit when not accounting.is_batch_key_taken(p_organisation_id, p_system, v_key);
    v_generation := v_generation + 1;
  end loop;
  return v_key;
end;
$$;

comment on function accounting.next_batch_key(uuid, text, uuid[]) is
  'The batch key of a new run over these reserved claims.';
