-- Switches a feature on or off. Takes the lock that requests take, so that a request sees one state
-- of it from its first verdict to its last reservation.
create or replace function accounting.set_feature_flag (
  p_organisation_id uuid,
  p_name text,
  p_is_enabled boolean,
  p_reason text
)
  returns text
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_reason text := accounting.require_words(p_reason, 'the reason');
begin
  perform accounting.lock_organisation(p_organisation_id);
  if p_is_enabled is null or not exists (
    select
    from accounting.feature_flags as f
    where f.organisation_id = p_organisation_id
      and f.name = p_name
  ) then
    raise exception using
      errcode = 'AX029',
      message = 'there is no such feature, or it is switched neither on nor off',
      detail = coalesce(pg_catalog.left(p_name, 60), 'null'),
      hint = 'api.feature_flags lists them; is_enabled is true or false.';
  end if;
  update accounting.feature_flags as f
  set is_enabled = p_is_enabled,
    changed_at = accounting.clock(),
    changed_by = accounting.token_subject(),
    reason = accounting.sanitise_error(v_reason)
  where f.organisation_id = p_organisation_id
    and f.name = p_name
    and f.is_enabled <> p_is_enabled;
  return case when found then 'updated' else 'unchanged' end;
end;
$$;

comment on function accounting.set_feature_flag(uuid, text, boolean, text) is
  'Switches a feature on or off: updated, or unchanged if it was so. Raises AX017, AX029.';
