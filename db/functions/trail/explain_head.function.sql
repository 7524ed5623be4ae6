-- Holds the head against the last row of a trail that is whole in itself. No row: they agree.
create or replace function accounting.explain_head (
  p_organisation_id uuid,
  p_last_seq bigint,
  p_last_hash text
)
  returns table (first_bad_seq bigint, reason text)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_head accounting.audit_heads;
begin
  select * into v_head
  from accounting.audit_heads as h
  where h.organisation_id = p_organisation_id;
  if not found then
    if p_last_seq > 0 then
      first_bad_seq := p_last_seq + 1;
      reason := pg_catalog.format(
        'the head is missing: whether rows followed row %s can not be told', p_last_seq
      );
      return next;
    end if;
  elsif v_head.seq > p_last_seq then
    first_bad_seq := p_last_seq + 1;
    reason := pg_catalog.format(
      'the tail was cut off: the head says %s rows, and rows from %s on are missing',
      v_head.seq, first_bad_seq
    );
    return next;
  elsif v_head.seq < p_last_seq then
    first_bad_seq := v_head.seq + 1;
    reason := pg_catalog.format(
      'the head was moved back, or rows were added past it: it says %s rows, there are %s',
      v_head.seq, p_last_seq
    );
    return next;
  elsif v_head.hash is distinct from p_last_hash then
    first_bad_seq := greatest(p_last_seq, 1);
    reason := case p_last_seq
      when 0 then 'the head was changed: there is no row, and yet it has a hash'
      else pg_catalog.format(
        'row %s or the head was changed: the head has another hash', p_last_seq
      )
    end;
    return next;
  end if;
end;
$$;

comment on function accounting.explain_head(uuid, bigint, text) is
  'What is wrong with the head of a trail that ends with this row; no row: nothing.';
