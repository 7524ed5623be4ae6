-- An organisation sees only itself. Written out per table; the sub-select lets the planner evaluate
-- the token once per query. service_role gets policies too: it bypasses them on Supabase only.
drop policy if exists organisation_reads_itself on accounting.integrations;
create policy organisation_reads_itself on accounting.integrations
  for select to authenticated
  using (
    organisation_id = (select accounting.token_organisation_id())
    and (select accounting.can_read_exports())
  );
drop policy if exists service_role_reads_all on accounting.integrations;
create policy service_role_reads_all on accounting.integrations
  for select to service_role
  using (true);

drop policy if exists organisation_reads_itself on accounting.claims;
create policy organisation_reads_itself on accounting.claims
  for select to authenticated
  using (
    organisation_id = (select accounting.token_organisation_id())
    and (select accounting.can_read_exports())
  );
drop policy if exists service_role_reads_all on accounting.claims;
create policy service_role_reads_all on accounting.claims
  for select to service_role
  using (true);

drop policy if exists organisation_reads_itself on accounting.export_requests;
create policy organisation_reads_itself on accounting.export_requests
  for select to authenticated
  using (
    organisation_id = (select accounting.token_organisation_id())
    and (select accounting.can_read_exports())
  );
drop policy if exists service_role_reads_all on accounting.export_requests;
create policy service_role_reads_all on accounting.export_requests
  for select to service_role
  using (true);

drop policy if exists organisation_reads_itself on accounting.claim_reservations;
create policy organisation_reads_itself on accounting.claim_reservations
  for select to authenticated
  using (
    organisation_id = (select accounting.token_organisation_id())
    and (select accounting.can_read_exports())
  );
drop policy if exists service_role_reads_all on accounting.claim_reservations;
create policy service_role_reads_all on accounting.claim_reservations
  for select to service_role
  using (true);

drop policy if exists organisation_reads_itself on accounting.export_runs;
create policy organisation_reads_itself on accounting.export_runs
  for select to authenticated
  using (
    organisation_id = (select accounting.token_organisation_id())
    and (select accounting.can_read_exports())
  );
drop policy if exists service_role_reads_all on accounting.export_runs;
create policy service_role_reads_all on accounting.export_runs
  for select to service_role
  using (true);
