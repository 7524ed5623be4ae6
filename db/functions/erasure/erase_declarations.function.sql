-- Erases what a driver was shown and typed, and who it was: the acts stay, with their versions, hashes
-- and times, under the erasure's id. Nothing, if something stands in the way. Both tables in one statement:
-- the foreign key between them is looked at when it ends. The caller holds the organisation's lock.
create or replace function accounting.erase_declarations (
  p_organisation_id uuid,
  p_driver_id text,
  p_erasure_id uuid
)
  returns integer
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  with free as materialized (
    select j.act_count
    from accounting.judge_declaration_erasure(p_organisation_id, p_driver_id) as j
    where j.hindrance is null
      and not accounting.is_erasures_id(p_driver_id)
  ),
  texts as (
    update accounting.declaration_texts as x
    set content = null,
      typed_name = null,
      erased_at = coalesce(x.erased_at, accounting.clock()),
      driver_id = 'erased-' || p_erasure_id
    where x.organisation_id = p_organisation_id
      and x.driver_id = p_driver_id
      and exists (select from free)
  ),
  acts as (
    update accounting.declaration_acknowledgements as a
    set driver_id = 'erased-' || p_erasure_id
    where a.organisation_id = p_organisation_id
      and a.driver_id = p_driver_id
      and exists (select from free)
    returning a.act_no
  )
  select count(*)::integer from acts;
$$;

comment on function accounting.erase_declarations(uuid, text, uuid) is
  'Erases a driver''s declarations if they may go; how many acts. Null as driver: none.';
