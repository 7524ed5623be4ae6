-- An erased claim is somebody's no more: it can't be edited, approved or withdrawn.
create or replace function accounting.raise_erased (p_claim_id uuid)
  returns void
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'AX051',
    message = 'the claim''s person was erased, and it can''t be changed any more',
    detail = pg_catalog.format('claim %s', p_claim_id),
    hint = 'Make a new claim, with an id and a reference of its own.';
end;
$$;

comment on function accounting.raise_erased(uuid) is 'Raises AX051: the claim was erased.';
