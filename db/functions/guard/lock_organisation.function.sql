-- The organisation's advisory lock, until the end of the transaction: requests and incoming claims
-- of one organisation come one after the other, whatever order their statements name claims in.
-- service_role may name several organisations in one transaction, in any order, so it takes a lock
-- over all of them first: two such transactions come one after the other too.
create or replace function accounting.lock_organisation (p_organisation_id uuid)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if accounting.is_trusted_caller() then
    perform pg_catalog.pg_advisory_xact_lock(
      pg_catalog.hashtextextended('accounting.lock_organisation', 0)
    );
  end if;
  perform pg_catalog.pg_advisory_xact_lock(
    pg_catalog.hashtextextended('accounting.lock_organisation ' || p_organisation_id, 0)
  );
end;
$$;

comment on function accounting.lock_organisation(uuid) is
  'Takes the advisory lock of an organisation for this transaction.';
