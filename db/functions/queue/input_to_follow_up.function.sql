-- Claims and settings as they are now, but for the owner: its rows are where they were sent.
create or replace function accounting.input_to_follow_up (
  p_organisation_id uuid,
  p_system text,
  p_claim_ids uuid[]
)
  returns jsonb
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_input jsonb := accounting.freeze_input(p_organisation_id, p_system, p_claim_ids);
  v_owner_code jsonb;
begin
  select e.frozen_input #> '{settings,owner_code}' into strict v_owner_code
  from accounting.claim_reservations as r
  join accounting.export_requests as e
    on e.organisation_id = r.organisation_id
    and e.run_id = r.run_id
  where r.organisation_id = p_organisation_id
    and r.claim_id = p_claim_ids[1]
    and r.follow_at is not null
    and e.system = p_system
  order by e.requested_at desc
  limit 1;
  v_input := v_input #- '{settings,owner_code}';
  if v_owner_code is null then
    return v_input;
  end if;
  return pg_catalog.jsonb_set(v_input, '{settings,owner_code}', v_owner_code);
end;
$$;

comment on function accounting.input_to_follow_up(uuid, text, uuid[]) is
  'What delivered claims are asked about with: as freeze_input, for the owner that they were sent for.';
