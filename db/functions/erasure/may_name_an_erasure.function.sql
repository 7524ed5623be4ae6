-- Whether a driver's id may become that of an erasure: it looks like one, it wasn't one before, and
-- nothing stands in the way.
create or replace function accounting.may_name_an_erasure (
  p_organisation_id uuid,
  p_old_id text,
  p_new_id text
)
  returns boolean
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  select accounting.is_erasures_id(p_new_id)
    and not accounting.is_erasures_id(p_old_id)
    and not exists (
      select
      from accounting.judge_declaration_erasure(p_organisation_id, p_old_id) as j
      where j.hindrance is not null
    );
$$;

comment on function accounting.may_name_an_erasure(uuid, text, text) is
  'Whether a driver''s id may be replaced by this.';
