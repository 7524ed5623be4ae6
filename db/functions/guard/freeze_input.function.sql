-- What is sent is computed from this alone: claims, mappings and settings as they are now. Claims
-- by id, lines by number, so that line and voucher numbers are the same in every attempt. Texts,
-- labels and kinds are read by the second mapper of each system, and by the first one for files.
create or replace function accounting.freeze_input (
  p_organisation_id uuid,
  p_system text,
  p_claim_ids uuid[]
)
  returns jsonb
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.jsonb_build_object(
    'version', 1,
    'system', i.system,
    'mapper_version', coalesce(
      i.settings ->> 'mapper',
      (select k.mapper from accounting.known_systems() as k where k.system = i.system)
    ),
    'organisation', pg_catalog.jsonb_build_object(
      'id', o.id, 'name', o.name, 'prefix', o.reference_prefix
    ),
    'settings', i.settings,
    'posting_date', (accounting.clock() at time zone 'Europe/Oslo')::date::text,
    'mappings', coalesce((
      select pg_catalog.jsonb_object_agg(
        m.expense_type,
        pg_catalog.jsonb_build_object(
          'account', m.account, 'tax_code', m.tax_code, 'dimensions', m.dimensions
        )
        || case
          when m.label is null then '{}'
          else pg_catalog.jsonb_build_object('label', m.label)
        end
        || case
          when m.by_kind = '{}' then '{}'
          else pg_catalog.jsonb_build_object('by_kind', m.by_kind)
        end
      )
      from accounting.account_mappings as m
      where m.organisation_id = p_organisation_id
        and m.expense_type in (
          select l.type
          from accounting.claim_lines as l
          where l.organisation_id = p_organisation_id
            and l.claim_id = any (p_claim_ids)
        )
    ), '{}'),
    'claims', (
      select pg_catalog.jsonb_agg(
        pg_catalog.jsonb_build_object(
          'claim_id', c.id,
          'reference', c.reference,
          'kind', c.kind,
          -- Erased: only asked about, and no text is compared.
          'claimant_id', coalesce(c.claimant_id, ''),
          'claimant_name', coalesce(c.claimant_name, ''),
          'currency', c.currency,
          'total', c.total::text,
          'lines', (
            select pg_catalog.jsonb_agg(
              pg_catalog.jsonb_build_object(
                'line_no', l.line_no,
                'type', l.type,
                'date', l.date::text,
                'amount', l.amount::text,
                'quantity', l.quantity::text,
                'text', l.text
              )
              order by l.line_no
            )
            from accounting.claim_lines as l
            where l.organisation_id = c.organisation_id
              and l.claim_id = c.id
          )
        )
        order by c.id
      )
      from accounting.claims as c
      where c.organisation_id = p_organisation_id
        and c.id = any (p_claim_ids)
    )
  )
  from accounting.integrations as i
  join accounting.organisations as o on o.id = i.organisation_id
  where i.organisation_id = p_organisation_id
    and i.system = p_system;
$$;

comment on function accounting.freeze_input(uuid, text, uuid[]) is
  'The frozen input of a run: all that a submission is computed from.';
