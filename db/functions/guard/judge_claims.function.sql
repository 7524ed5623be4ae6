-- The guard's verdict on each claim, in the order asked for. Reads only; what it says holds for
-- long only while the caller has the claims' rows locked and, for honoraria, the organisation's
-- advisory lock: flags, versions, rules and acknowledgements change under that one.
create or replace function accounting.judge_claims (
  p_organisation_id uuid,
  p_claim_ids uuid[]
)
  returns table (
    claim_id uuid, reference text, verdict text, detail text, blocking_run_id uuid
  )
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  -- Materialised, so that what the system takes is looked up once and not for each claim.
  with integration as materialized (
    select
      coalesce(i.settings ->> 'currency', 'NOK') as currency,
      accounting.most_lines_of_a_claim(i.system) as most_lines
    from accounting.integrations as i
    where i.organisation_id = p_organisation_id
      and i.is_enabled
  ),
  booked as materialized (
    select b.claim_id, b.run_id
    from accounting.booked_claims(p_organisation_id, p_claim_ids::text[]) as b
  ),
  honoraria as materialized (
    select accounting.is_feature_enabled(p_organisation_id, 'driver_honorarium') as are_enabled
  ),
  -- Nobody asks for a declaration where honoraria are off anyway.
  lacking as materialized (
    select l.claim_id, l.missing_on, l.needed_language, l.needed_version
    from honoraria
    cross join lateral accounting.lacking_declarations(p_organisation_id, p_claim_ids) as l
    where honoraria.are_enabled
  ),
  facts as (
    select
      asked.id,
      asked.place,
      c.reference,
      c.state,
      c.kind,
      c.currency,
      c.exported_at,
      c.flagged_at,
      c.flagged_reason,
      c.erasure_id,
      integration.currency as own_currency,
      coalesce(booked.run_id, c.exported_run_id,
        case when live.delivered_at is not null then live.run_id end) as delivered_by,
      booked.claim_id is not null or c.exported_at is not null
        or live.delivered_at is not null as is_delivered,
      live.run_id as held_by,
      lines.line_count,
      lines.unmapped,
      integration.most_lines,
      honoraria.are_enabled as are_honoraria_enabled,
      lacking.missing_on,
      case
        when lacking.needed_version is not null
          then pg_catalog.format(
            'version %s (%s) of the declaration', lacking.needed_version, lacking.needed_language
          )
      end as needed
    from pg_catalog.unnest(p_claim_ids) with ordinality as asked (id, place)
    cross join honoraria
    left join integration on true
    left join accounting.claims as c
      on c.organisation_id = p_organisation_id
      and c.id = asked.id
    left join booked
      on booked.claim_id = c.id
    left join lacking
      on lacking.claim_id = c.id
    left join accounting.claim_reservations as live
      on live.organisation_id = p_organisation_id
      and live.claim_id = c.id
      and live.verdict = 'exportable'
      and live.released_at is null
    left join lateral (
      select
        count(*) as line_count,
        pg_catalog.string_agg(distinct l.type, ', ' order by l.type)
          filter (where m.expense_type is null) as unmapped
      from accounting.claim_lines as l
      left join accounting.account_mappings as m
        on m.organisation_id = p_organisation_id
        and m.expense_type = l.type
      where l.organisation_id = p_organisation_id
        and l.claim_id = c.id
    ) as lines on true
  ),
  judged as (
    select
      facts.*,
      case
        when facts.reference is null then 'unknown'
        when facts.is_delivered then 'already_exported'
        when facts.held_by is not null then 'in_flight'
        when facts.state <> 'approved' or facts.erasure_id is not null then 'not_approved'
        when facts.flagged_at is not null then 'flagged'
        when facts.kind = 'driver_honorarium' and not facts.are_honoraria_enabled
          then 'feature_disabled'
        when facts.missing_on is not null then 'declaration_missing'
        when facts.currency <> facts.own_currency then 'unsupported_currency'
        when facts.unmapped is not null then 'unmapped'
        when facts.line_count > facts.most_lines then 'too_large'
        else 'exportable'
      end as verdict
    from facts
  )
  select
    judged.id,
    judged.reference,
    judged.verdict,
    case judged.verdict
      when 'already_exported' then coalesce(
        'exported by run ' || judged.delivered_by, 'found in the ledger, exported by no run known here'
      ) || coalesce(
        pg_catalog.to_char(judged.exported_at at time zone 'UTC', '" at "YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        ''
      )
      when 'in_flight' then 'held by run ' || judged.held_by
      when 'not_approved' then case
        when judged.erasure_id is not null then 'the claim''s person was erased'
        else 'the claim is ' || judged.state
      end
      when 'flagged' then judged.flagged_reason
      when 'unmapped' then 'no account is mapped for: ' || judged.unmapped
      when 'unsupported_currency' then
        judged.currency || ', and the integration books ' || judged.own_currency
      when 'too_large' then pg_catalog.format(
        '%s lines, and the system books at most %s atomically', judged.line_count, judged.most_lines
      )
      when 'feature_disabled' then 'driver honoraria are not switched on'
      when 'declaration_missing' then coalesce(
        judged.needed || ' is needed: the driver has acknowledged none that counts on '
          || judged.missing_on,
        'no version of the declaration was in force on ' || judged.missing_on
      )
      when 'unknown' then 'no such claim'
    end,
    case judged.verdict
      when 'already_exported' then judged.delivered_by
      when 'in_flight' then judged.held_by
    end
  from judged
  order by judged.place;
$$;

comment on function accounting.judge_claims(uuid, uuid[]) is
  'A verdict per claim: exportable, or why not, with the run that stands in the way.';
