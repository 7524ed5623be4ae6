-- Whether what the system makes of a batch key would meet another batch: the journal's code in
-- Business Central (once in a hundred thousand runs or so; there an index has the last word), voucher
-- numbers in Xledger (about once in two hundred at five thousand runs; a batch takes at most 1000) and,
-- of eight digits, in files (about one in ten at five thousand a year).
create or replace function accounting.is_batch_key_taken (
  p_organisation_id uuid,
  p_system text,
  p_batch_key text
)
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_system = 'business_central' then
    return exists (
      select
      from accounting.export_requests as e
      where e.organisation_id = p_organisation_id
        and e.system = 'business_central'
        and e.attempt_no > 0
        and accounting.journal_code(e.batch_key) = accounting.journal_code(p_batch_key)
    );
  end if;
  if p_system = 'xledger' then
    return exists (
      select
      from accounting.export_requests as e
      where e.organisation_id = p_organisation_id
        and e.system = 'xledger'
        and (e.attempt_no > 0 or e.ended_at is null)
        and accounting.voucher_number_base(e.batch_key)
          between accounting.voucher_number_base(p_batch_key) - 999
          and accounting.voucher_number_base(p_batch_key) + 999
    );
  end if;
  if p_system = 'file' then
    -- A ledger counts vouchers by year. So few runs are looked at, by the index over requested_at, and
    -- an organisation doesn't run out of numbers.
    return exists (
      select
      from accounting.export_requests as e
      where e.organisation_id = p_organisation_id
        and e.requested_at > accounting.clock() - interval '366 days'
        and e.system = 'file'
        and (e.attempt_no > 0 or e.ended_at is null)
        and accounting.file_voucher_number_base(e.batch_key)
          between accounting.file_voucher_number_base(p_batch_key) - 999
          and accounting.file_voucher_number_base(p_batch_key) + 999
    );
  end if;
  -- Where the whole key is sent, no two batches meet.
  return false;
end;
$$;

comment on function accounting.is_batch_key_taken(uuid, text, text) is
  'Whether another batch that was, or will be, sent has the journal code or voucher numbers of this '
  'key.';
