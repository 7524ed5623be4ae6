-- Holds the trails against heads that were kept outside of this database, and verifies each chain.
-- p_anchors: an array of {organisation_id, seq, hash, taken_at}; several of one organisation are
-- fine, and narrow down where a rewriting began. All organisations that are here or in the array,
-- or the one named.
create or replace function accounting.check_anchors (
  p_anchors jsonb,
  p_organisation_id uuid default null
)
  returns table (
    organisation_id uuid, is_valid boolean, rows_checked bigint, anchors_checked bigint,
    first_bad_seq bigint, reason text
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_anchors jsonb;
begin
  for v_organisation_id, v_anchors in
    select coalesce(o.id, k.id), coalesce(k.anchors, '[]')
    from accounting.organisations as o
    full join (
      select (a.anchor ->> 'organisation_id')::uuid as id, pg_catalog.jsonb_agg(a.anchor) as anchors
      from pg_catalog.jsonb_array_elements(p_anchors) as a (anchor)
      group by 1
    ) as k on k.id = o.id
    where p_organisation_id is null or coalesce(o.id, k.id) = p_organisation_id
    order by 1
  loop
    return query
      select v_organisation_id, c.*
      from accounting.check_anchors_of(v_organisation_id, v_anchors) as c;
  end loop;
end;
$$;

comment on function accounting.check_anchors(jsonb, uuid) is
  'Whether the trails are whole and are those that the kept heads were taken from; a row per '
  'organisation.';
