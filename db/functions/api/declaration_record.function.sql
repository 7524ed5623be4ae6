-- What an auditor asks about a driver: everything that was shown, acknowledged and withdrawn.
create or replace function api.declaration_record (
  p_driver_id text,
  p_from date,
  p_to date
)
  returns table (
    act text, acted_at timestamptz, template_id uuid, language text, version integer,
    valid_from date, way_of_acknowledging text, channel text, content text, content_sha256 text,
    is_hash_right boolean, typed_name text, erased_at timestamptz, signed_off_by text,
    signed_off_at timestamptz, sign_off_reference text, body_sha256 text, counts_until date
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(
    array['coordinator', 'auditor', 'organisation_admin']
  );
  return query
    select a.act, a.acted_at, a.template_id, a.language, a.version, t.valid_from,
      a.way_of_acknowledging, a.channel, x.content, a.content_sha256,
      accounting.sha256_text(x.content) = a.content_sha256, x.typed_name, x.erased_at,
      t.signed_off_by, t.signed_off_at, t.sign_off_reference, t.body_sha256,
      nullif(d.last_day, 'infinity')
    from accounting.declaration_acknowledgements as a
    join accounting.declaration_templates as t
      on t.organisation_id = a.organisation_id
      and t.id = a.template_id
    left join accounting.declaration_texts as x
      on x.organisation_id = a.organisation_id
      and x.driver_id = a.driver_id
      and x.act_no = a.act_no
    left join accounting.acknowledged_days(v_organisation_id, array[p_driver_id]) as d
      on d.act_no = a.act_no
    where a.organisation_id = v_organisation_id
      and a.driver_id = p_driver_id
      and a.acted_on between coalesce(p_from, '-infinity') and coalesce(p_to, 'infinity')
    order by a.act_no;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.declaration_record(text, date, date) is
  'A driver''s acknowledgements and withdrawals between two days, both included; null: without that '
  'bound. is_hash_right is computed anew from the text; null: it was erased, or a withdrawal.';
