-- What is worth keeping where this database can't write: from the head follows the whole trail up
-- to it. An organisation whose trail is empty has no head to keep.
create or replace function accounting.audit_heads_now (p_organisation_id uuid default null)
  returns table (organisation_id uuid, seq bigint, hash text, taken_at timestamptz)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_organisation_id is not null
    and not exists (select from accounting.organisations as o where o.id = p_organisation_id)
  then
    raise exception using
      errcode = 'AX014',
      message = 'there is no such organisation',
      detail = p_organisation_id::text,
      hint = 'Load it with: npm run organisation -- apply FILE.';
  end if;
  return query
    select h.organisation_id, h.seq, h.hash, accounting.clock()
    from accounting.audit_heads as h
    where h.seq > 0
      and (p_organisation_id is null or h.organisation_id = p_organisation_id)
    order by h.organisation_id;
end;
$$;

comment on function accounting.audit_heads_now(uuid) is
  'The heads of all organisations, or of one, with the time; raises AX014.';
