-- Erases the declarations of drivers whose time has come, each driver as an erasure of its own, since
-- acts are numbered by driver. Some drivers in a transaction, in the order of their ids.
create or replace function accounting.erase_expired_declarations (
  p_organisation_id uuid,
  p_reference text,
  p_erased_by text default null,
  p_after text default null,
  p_limit integer default 200
)
  returns jsonb
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_reference text := accounting.require_words(p_reference, 'the reference');
  v_driver_ids text[];
  v_driver_id text;
  v_erasure accounting.erasures;
  v_count integer := 0;
begin
  perform accounting.lock_organisation(p_organisation_id);
  v_driver_ids := array(
    select distinct a.driver_id
    from accounting.declaration_acknowledgements as a
    where a.organisation_id = p_organisation_id
      and (p_after is null or a.driver_id > p_after)
      and not accounting.is_erasures_id(a.driver_id)
    order by a.driver_id
    limit p_limit
  );
  foreach v_driver_id in array v_driver_ids loop
    v_erasure := accounting.erase_claims(
      p_organisation_id, '{}', v_driver_id, 'retention', v_reference,
      coalesce(p_erased_by, session_user)
    );
    v_count := v_count + coalesce(v_erasure.declaration_act_count, 0);
  end loop;
  return pg_catalog.jsonb_build_object(
    'act_count', v_count,
    'after', case
      when pg_catalog.cardinality(v_driver_ids) = p_limit then v_driver_ids[p_limit]
    end
  );
end;
$$;

comment on function accounting.erase_expired_declarations(uuid, text, text, text, integer) is
  'Erases the declarations of at most p_limit drivers whose retention has ended: how many acts, and the '
  'driver to go on after; null: that was all. Raises AX017.';
