-- A person has looked in the ledger and settles a run that waits for it. Of two people at once the
-- second one finds the run no longer waiting. Lock order: run, claims sorted, reservations, head.
create or replace function accounting.resolve_run (
  p_organisation_id uuid,
  p_run_id uuid,
  p_resolution text,
  p_evidence text,
  p_external_ids jsonb
)
  returns text
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_evidence text := accounting.require_words(p_evidence, 'the evidence');
  v_run accounting.export_requests;
begin
  if coalesce(p_resolution not in ('booked_by_hand', 'proved_absent'), true) then
    raise exception using
      errcode = 'AX025',
      message = 'that is no resolution',
      detail = coalesce(pg_catalog.left(p_resolution, 40), 'null'),
      hint = 'booked_by_hand: the ledger has it. proved_absent: it does not, and never will.';
  end if;
  v_run := accounting.require_run(p_organisation_id, p_run_id);
  if v_run.state <> 'needs_review' then
    perform accounting.raise_not_in_state(
      v_run, 'the run doesn''t wait for a person',
      'Look at it again: somebody may have settled it a moment ago.'
    );
  end if;
  perform accounting.settle_from_trail(p_organisation_id, p_run_id);
  if p_resolution = 'booked_by_hand' then
    perform accounting.book_by_hand(v_run, v_evidence, p_external_ids);
  else
    perform accounting.prove_absent(v_run, v_evidence, p_external_ids);
  end if;
  return accounting.close_review(v_run);
end;
$$;

comment on function accounting.resolve_run(uuid, uuid, text, text, jsonb) is
  'Settles a run in needs_review by a person''s word, and returns its state. Raises AX016 to '
  'AX018, AX025, AX026.';
