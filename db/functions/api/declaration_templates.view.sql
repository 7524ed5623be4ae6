-- Every version of the declaration, and where it stands today.
create view api.declaration_templates
  with (security_invoker = true)
as
select
  t.organisation_id,
  t.id as template_id,
  t.language,
  t.version,
  case
    when t.state <> 'published' then t.state
    when t.valid_from > today.day then 'signed_off'
    when t.valid_until < today.day then 'superseded'
    else 'in_force'
  end as state,
  t.way_of_acknowledging,
  t.body,
  t.body_sha256,
  t.problems,
  t.authors,
  t.edited_at,
  t.signed_off_at,
  t.signed_off_by,
  t.sign_off_reference,
  t.published_at,
  t.published_by,
  t.valid_from,
  t.valid_until,
  said.accepted_until
from (
  select d.*,
    pg_catalog.lead(d.valid_from) over (
      partition by d.organisation_id, d.language, d.state order by d.valid_from
    ) - 1 as valid_until
  from (
    select organisation_id, id, language, version, state, way_of_acknowledging, body, body_sha256,
      problems, authors, edited_at, signed_off_at, signed_off_by, sign_off_reference, published_at,
      published_by, valid_from
    from accounting.declaration_templates
  ) as d
) as t
cross join (
  select (accounting.clock() at time zone 'Europe/Oslo')::date as day
) as today
left join lateral (
  select a.accepted_until
  from accounting.declaration_acceptances as a
  where a.organisation_id = t.organisation_id
    and a.template_id = t.id
  order by a.acceptance_no desc
  limit 1
) as said on true;

comment on view api.declaration_templates is
  'The versions of the declaration: draft, signed_off, in_force, superseded. One that was published '
  'for a later day is signed_off until then.';
comment on column api.declaration_templates.body_sha256 is 'What a signer names.';
comment on column api.declaration_templates.problems is
  'Placeholders that have to go before it can be signed off.';
comment on column api.declaration_templates.valid_until is
  'The last day in force; null: no next version is published.';
comment on column api.declaration_templates.accepted_until is
  'The last day on which acknowledgements of it count, as the organisation said; null: as its rule '
  'says.';
