-- Compares a claim's total with its lines. Called at commit.
create or replace function accounting.check_sum_of_lines (
  p_organisation_id uuid,
  p_claim_id uuid
)
  returns void
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_total numeric;
  v_sum numeric;
begin
  select c.total into v_total
  from accounting.claims as c
  where c.organisation_id = p_organisation_id
    and c.id = p_claim_id;
  if not found then
    return;
  end if;
  select sum(l.amount) into v_sum
  from accounting.claim_lines as l
  where l.organisation_id = p_organisation_id
    and l.claim_id = p_claim_id;
  if v_sum is distinct from v_total then
    raise exception using
      errcode = 'AX012',
      message = 'the lines of a claim don''t sum to its total',
      detail = pg_catalog.format(
        'claim %s: lines %s, total %s', p_claim_id, coalesce(v_sum, 0), v_total
      ),
      hint = 'Send all lines of the claim, and a total that is their sum.';
  end if;
end;
$$;

comment on function accounting.check_sum_of_lines(uuid, uuid) is
  'Raises AX012 if the lines of the claim don''t sum to its total.';
