-- Who writes and signs off declarations reads them, of its own organisation. service_role gets a policy
-- too: it bypasses row level security on Supabase only.
drop policy if exists organisation_reads_itself on accounting.declaration_acceptances;
create policy organisation_reads_itself on accounting.declaration_acceptances
  for select to authenticated
  using (
    organisation_id = (select accounting.token_organisation_id())
    and (select accounting.can_write_declarations())
    and accounting.keep_estimates()
  );

drop policy if exists service_role_reads_all on accounting.declaration_acceptances;
create policy service_role_reads_all on accounting.declaration_acceptances
  for select to service_role
  using (true);
