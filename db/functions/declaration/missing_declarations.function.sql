-- Open honoraria that lack a declaration, by driver, at most so many (null: all). Walks the partial
-- index of what is open, a thousand at a time, and stops when it has enough: where nobody has
-- acknowledged yet, which is where there are most, it looks at the first thousand alone.
create or replace function accounting.missing_declarations (
  p_organisation_id uuid,
  p_limit integer
)
  returns table (
    driver_id text, claim_id uuid, reference text, missing_on date, needed_language text,
    needed_version integer
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_last_driver text := '';
  v_last_id uuid := '00000000-0000-0000-0000-000000000000';
  v_page accounting.claims[];
  v_left integer := p_limit;
  v_count integer;
begin
  while v_left > 0 or v_left is null loop
    select pg_catalog.array_agg(o order by o.claimant_id, o.id) into v_page
    from (
      select c.*
      from accounting.claims as c
      where c.organisation_id = p_organisation_id
        and c.kind = 'driver_honorarium'
        and c.state = 'approved'
        and c.exported_at is null
        and c.erasure_id is null
        and (c.claimant_id, c.id) > (v_last_driver, v_last_id)
      order by c.claimant_id, c.id
      limit 1000
    ) as o;
    exit when v_page is null;
    return query
      select l.driver_id, l.claim_id, l.reference, l.missing_on, l.needed_language,
        l.needed_version
      from accounting.lacking_declarations(
        p_organisation_id,
        array(
          select p.id
          from pg_catalog.unnest(v_page) as p
          where p.flagged_at is null
            and not exists (
              select
              from accounting.claim_reservations as r
              where r.organisation_id = p_organisation_id
                and r.claim_id = p.id
                and r.verdict = 'exportable'
                and r.released_at is null
            )
        )
      ) as l
      order by l.driver_id, l.missing_on, l.reference
      limit v_left;
    get diagnostics v_count = row_count;
    v_left := v_left - v_count;
    v_last_driver := v_page[pg_catalog.cardinality(v_page)].claimant_id;
    v_last_id := v_page[pg_catalog.cardinality(v_page)].id;
  end loop;
end;
$$;

comment on function accounting.missing_declarations(uuid, integer) is
  'The open honoraria that would get the verdict declaration_missing, by driver; at most so many, '
  'null: all.';
