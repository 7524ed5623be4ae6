-- Where the voucher numbers of a file begin: its claims take the numbers after it, at most 1000 of them
-- and of eight digits. No index is over it, so it may change as long as the mapper changes with it.
create or replace function accounting.file_voucher_number_base (p_batch_key text)
  returns bigint
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select ('x' || pg_catalog.substr(p_batch_key, 1, 8))::bit(32)::bigint % (99999999 - 1000);
$$;

comment on function accounting.file_voucher_number_base(text) is
  'The number before the first voucher of a batch in a file; the mapper computes the same.';
