-- The mappings: exactly those of the file, checked all at once, so that the answer names every
-- problem.
create or replace function accounting.apply_mappings (p_organisation_id uuid, p_mappings jsonb)
  returns table (object text, result text)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_deleted integer;
  v_written integer;
begin
  perform accounting.refuse_mappings(p_organisation_id, p_mappings);

  delete from accounting.account_mappings as m
  where m.organisation_id = p_organisation_id
    and not p_mappings OPERATOR(pg_catalog.?) m.expense_type;
  get diagnostics v_deleted = row_count;

  insert into accounting.account_mappings
    (organisation_id, expense_type, account, tax_code, dimensions, label, by_kind)
  select p_organisation_id, m.key, m.value ->> 'account', m.value ->> 'tax_code',
    coalesce(m.value -> 'dimensions', '{}'), m.value ->> 'label',
    coalesce(m.value -> 'by_kind', '{}')
  from pg_catalog.jsonb_each(p_mappings) as m
  on conflict (organisation_id, expense_type) do update
  set account = excluded.account,
    tax_code = excluded.tax_code,
    dimensions = excluded.dimensions,
    label = excluded.label,
    by_kind = excluded.by_kind
  where account_mappings.* is distinct from excluded.*;
  get diagnostics v_written = row_count;

  return query select 'mappings', case
    when v_deleted + v_written = 0 then 'unchanged'
    else pg_catalog.format('%s written, %s deleted', v_written, v_deleted)
  end;
end;
$$;

comment on function accounting.apply_mappings(uuid, jsonb) is 'Part of apply_organisation.';
