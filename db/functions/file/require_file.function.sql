-- The file of a run, as long as importing it can do no harm: one with a voided claim in it would book
-- that claim again, beside whatever exports it next.
create or replace function accounting.require_file (p_organisation_id uuid, p_run_id uuid)
  returns accounting.export_files
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_run accounting.export_requests;
  v_file accounting.export_files;
  v_voided_count bigint;
begin
  select * into v_run
  from accounting.export_requests as e
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id;
  if not found then
    perform accounting.no_such_run(p_run_id);
  end if;
  select * into v_file
  from accounting.export_files as f
  where f.organisation_id = p_organisation_id
    and f.run_id = p_run_id;
  if not found then
    perform accounting.raise_not_in_state(
      v_run, 'the run has no file',
      case
        when v_run.system <> 'file' then 'The run goes to the accounting system itself.'
        when v_run.ended_at is null then 'Wait until its state is produced.'
        else 'It ended without one.'
      end
    );
  end if;
  select count(*) into v_voided_count
  from accounting.claim_reservations as r
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.claim_id = any (v_file.claim_ids)
    and r.released_at is not null;
  if v_voided_count > 0 or v_file.erased_at is not null then
    raise exception using
      errcode = 'AX028',
      message = 'the file is not given out any more',
      detail = pg_catalog.format(
        'run %s: %s', p_run_id,
        case
          when v_file.erased_at is not null then 'its content was erased'
          else pg_catalog.format(
            '%s of its %s claims were voided, and importing it would book them again',
            v_voided_count, pg_catalog.cardinality(v_file.claim_ids)
          )
        end
      ),
      hint = 'To have the other claims in a file of their own, void them too and ask for them again.';
  end if;
  return v_file;
end;
$$;

comment on function accounting.require_file(uuid, uuid) is
  'The file of a run; raises AX016, AX018 (there is none), AX028 (a claim in it was voided, or it was '
  'erased).';
