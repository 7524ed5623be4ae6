-- After a restore: every claim that isn't exported as far as we know may have been, in the history
-- that was lost.
create or replace function accounting.flag_open_claims (p_organisation_id uuid, p_reason text)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform accounting.flag_claims(
    p_organisation_id,
    array(
      select c.id
      from accounting.claims as c
      where c.organisation_id = p_organisation_id
        and c.state <> 'withdrawn'
        and c.exported_at is null
    ),
    p_reason,
    'restore'
  );
end;
$$;

comment on function accounting.flag_open_claims(uuid, text) is
  'Flags an organisation''s claims that are neither withdrawn nor exported.';
