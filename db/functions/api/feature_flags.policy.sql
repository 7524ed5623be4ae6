-- An organisation sees only itself. The sub-selects let the planner look at the token once a query.
-- service_role gets a policy too: it bypasses row level security on Supabase only.
drop policy if exists organisation_reads_itself on accounting.feature_flags;
create policy organisation_reads_itself on accounting.feature_flags
  for select to authenticated
  using (
    organisation_id = (select accounting.token_organisation_id())
    and (select accounting.can_read_flags())
    and accounting.keep_estimates()
  );

drop policy if exists service_role_reads_all on accounting.feature_flags;
create policy service_role_reads_all on accounting.feature_flags
  for select to service_role
  using (true);
