-- Which secrets a dispatcher needs: asked at its start, so that a missing one is named at once.
create or replace function accounting.list_credential_refs ()
  returns table (credential_ref text, systems text[])
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  select i.credential_ref, pg_catalog.array_agg(distinct i.system order by i.system)
  from accounting.integrations as i
  where i.system <> 'file'
    and (
      i.is_enabled
      or exists (
        select
        from accounting.export_requests as e
        where e.organisation_id = i.organisation_id
          and e.system = i.system
          and (
            e.ask_at is not null
            or e.state not in (
              'exported', 'partially_exported', 'rejected', 'failed', 'skipped', 'cancelled'
            )
          )
      )
      or exists (
        select
        from accounting.claim_questions as q
        where q.organisation_id = i.organisation_id
          and q.system = i.system
          and q.problem is null
      )
    )
  group by i.credential_ref
  order by i.credential_ref;
$$;

comment on function accounting.list_credential_refs() is
  'The credential names that enabled integrations, open runs and open questions need.';
