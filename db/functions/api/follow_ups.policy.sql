-- An organisation sees only itself. The sub-selects let the planner look at the token once a query.
-- service_role gets a policy too: it bypasses row level security on Supabase only.
drop policy if exists organisation_reads_itself on accounting.follow_ups;
create policy organisation_reads_itself on accounting.follow_ups
  for select to authenticated
  using (
    organisation_id = (select accounting.token_organisation_id())
    and (select accounting.can_read_exports())
    and accounting.keep_estimates()
  );

drop policy if exists service_role_reads_all on accounting.follow_ups;
create policy service_role_reads_all on accounting.follow_ups
  for select to service_role
  using (true);
