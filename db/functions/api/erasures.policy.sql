-- An organisation sees only itself: see export_runs.
drop policy if exists organisation_reads_itself on accounting.erasures;
create policy organisation_reads_itself on accounting.erasures
  for select to authenticated
  using (
    organisation_id = (select accounting.token_organisation_id())
    and (select accounting.can_read_exports())
    and accounting.keep_estimates()
  );

drop policy if exists service_role_reads_all on accounting.erasures;
create policy service_role_reads_all on accounting.erasures
  for select to service_role
  using (true);
