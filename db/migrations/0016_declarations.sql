-- The confidentiality declaration is the organisation's: its words, in which way they are acknowledged,
-- for how long an acknowledgement counts. Nothing here knows what it says.

-- What a text may name in double braces. What isn't in this list is never filled in.
create function accounting.declaration_placeholders ()
  returns text[]
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select array['driver_name', 'organisation_name', 'organisation_number', 'valid_from', 'version'];
$$;

comment on function accounting.declaration_placeholders() is
  'The placeholders that a declaration''s text may have, each in double braces.';

-- A known one leaves a control character behind, which no text has, so that what stood around it
-- doesn't grow together into another.
create function accounting.unknown_placeholders (p_body text)
  returns text[]
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(pg_catalog.array_agg(distinct p.found[1] order by p.found[1]), '{}')
  from pg_catalog.regexp_matches(
    pg_catalog.regexp_replace(
      p_body,
      '\{\{(' || pg_catalog.array_to_string(accounting.declaration_placeholders(), '|') || ')\}\}',
      E'\x01', 'g'
    ),
    '(\{\{[^{}\n\u0001]{0,40}\}{0,2}|\}\})', 'g'
  ) as p (found);
$$;

comment on function accounting.unknown_placeholders(text) is
  'What stands in double braces in a declaration''s text and is none of its placeholders, and braces '
  'without an end or a beginning.';

-- A column calls it now, so it lives here and doesn't change any more. A database that was set up
-- before has it already.
create or replace function accounting.sha256_text (p_text text)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(p_text, 'UTF8')), 'hex');
$$;

comment on function accounting.sha256_text(text) is 'SHA-256 of a text, hex.';

-- What nobody sees, or what turns the order of letters round: control characters but line ends, blanks
-- without a width, fillers, variation selectors, tags.
create function accounting.hidden_characters ()
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5'
    '\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0'
    '\ufff0-\ufffb\U000e0000-\U000e0fff]';
$$;

comment on function accounting.hidden_characters() is
  'A pattern of the characters that a declaration''s text may not have, since nobody sees them.';

create table accounting.declaration_templates (
  organisation_id uuid not null references accounting.organisations (id),
  id uuid not null default pg_catalog.gen_random_uuid(),
  language text not null,
  version integer not null,
  state text not null default 'draft',
  body text not null,
  body_sha256 text not null generated always as (accounting.sha256_text(body)) stored,
  problems text[] not null generated always as (accounting.unknown_placeholders(body)) stored,
  way_of_acknowledging text not null,
  authors text[] not null,
  edited_at timestamptz not null default accounting.clock(),
  signed_off_at timestamptz,
  signed_off_by text,
  sign_off_reference text,
  published_at timestamptz,
  published_by text,
  valid_from date,
  primary key (organisation_id, id),
  constraint version_is_unique_in_its_language unique (organisation_id, language, version),
  -- A version is in force until the next one is: with different beginnings, none can overlap.
  constraint validities_do_not_overlap unique (organisation_id, language, valid_from),
  constraint acknowledged_versions_are_named_in_full unique (organisation_id, id, language, version),
  constraint language_is_a_code check (language ~ '^[a-z]{2,3}$'),
  constraint version_counts_from_one check (version >= 1),
  constraint state_is_known check (state in ('draft', 'signed_off', 'published')),
  constraint way_of_acknowledging_is_known
    check (way_of_acknowledging in ('tick_box', 'typed_name', 'both')),
  constraint body_is_not_blank check (body ~ '\S'),
  constraint body_is_at_most_20000_characters check (pg_catalog.length(body) <= 20000),
  constraint body_has_no_control_characters check (body !~ accounting.hidden_characters()),
  constraint body_is_text_and_not_html check (
    body !~ '<[A-Za-z/!?]' and body !~* '&(#x?[0-9a-f]+|[a-z][a-z0-9]{1,31});'
  ),
  constraint authors_are_named check (
    pg_catalog.cardinality(authors) > 0 and pg_catalog.array_position(authors, null) is null
  ),
  constraint signed_off_at_matches_state check ((state <> 'draft') = (signed_off_at is not null)),
  constraint signed_off_by_matches_state check ((state <> 'draft') = (signed_off_by is not null)),
  constraint sign_off_reference_matches_state
    check ((state <> 'draft') = (sign_off_reference is not null)),
  constraint sign_off_reference_is_given
    check (sign_off_reference ~ '\S' and pg_catalog.length(sign_off_reference) <= 500),
  constraint signed_off_text_can_be_filled_in check (state = 'draft' or problems = '{}'),
  constraint published_at_matches_state check ((state = 'published') = (published_at is not null)),
  constraint published_by_matches_state check ((state = 'published') = (published_by is not null)),
  constraint valid_from_matches_state check ((state = 'published') = (valid_from is not null)),
  constraint signed_off_before_published check (published_at >= signed_off_at)
);

create unique index declaration_templates_draft_idx
  on accounting.declaration_templates (organisation_id, language)
  where state = 'draft';

create table accounting.declaration_acceptances (
  organisation_id uuid not null,
  template_id uuid not null,
  acceptance_no integer not null,
  accepted_until date,
  decided_at timestamptz not null default accounting.clock(),
  decided_by text not null,
  reason text not null,
  primary key (organisation_id, template_id, acceptance_no),
  foreign key (organisation_id, template_id)
    references accounting.declaration_templates (organisation_id, id),
  constraint acceptance_no_counts_from_one check (acceptance_no >= 1),
  constraint reason_is_given check (reason ~ '\S' and pg_catalog.length(reason) <= 500)
);

create table accounting.declaration_rules (
  organisation_id uuid not null references accounting.organisations (id),
  rule_no integer not null,
  validity text not null,
  needs_another_signer boolean not null,
  language text not null,
  retention_months integer,
  changed_at timestamptz not null default accounting.clock(),
  changed_by text not null,
  reason text not null,
  primary key (organisation_id, rule_no),
  constraint rule_no_counts_from_one check (rule_no >= 1),
  constraint validity_is_known check (validity in ('once', 'yearly', 'each_version')),
  constraint language_is_a_code check (language ~ '^[a-z]{2,3}$'),
  constraint retention_months_is_sensible check (retention_months between 1 and 600),
  constraint reason_is_given check (reason ~ '\S' and pg_catalog.length(reason) <= 500)
);

comment on table accounting.declaration_templates is
  'Versions of an organisation''s confidentiality declaration, numbered by language. One that was '
  'signed off is never changed, only superseded by the next.';
comment on column accounting.declaration_templates.id is 'Of this one version in this language.';
comment on column accounting.declaration_templates.state is
  'draft: being written; signed_off: text and way are fixed; published: in force from valid_from until '
  'the next version of its language is.';
comment on column accounting.declaration_templates.body is
  'Plain text with placeholders in double braces; an empty line parts paragraphs.';
comment on column accounting.declaration_templates.body_sha256 is
  'SHA-256 of body, hex: a signer names what was read by it.';
comment on column accounting.declaration_templates.problems is
  'Placeholders that aren''t known, and stray braces: none may be left when it is signed off.';
comment on column accounting.declaration_templates.way_of_acknowledging is
  'tick_box, typed_name or both. Part of what is signed off.';
comment on column accounting.declaration_templates.authors is 'The subs of all who wrote on it.';
comment on column accounting.declaration_templates.sign_off_reference is
  'On what it was signed off: a board''s decision, a document''s number.';
comment on column accounting.declaration_templates.valid_from is
  'The first day on which it is in force, in Norway. Null: not published.';
comment on table accounting.declaration_acceptances is
  'For how long acknowledgements of an older version count; the last row of a version holds. '
  'Append-only.';
comment on column accounting.declaration_acceptances.accepted_until is
  'The last day on which they count; null: what the validity rule says.';
comment on table accounting.declaration_rules is
  'How an organisation handles its declaration; the last row holds, and without one the defaults of '
  'accounting.declaration_rule_of. Append-only.';
comment on column accounting.declaration_rules.validity is
  'once: an acknowledgement counts for good; yearly: for a year; each_version: while its version is in '
  'force.';
comment on column accounting.declaration_rules.needs_another_signer is
  'Whoever signs a version off may not have written on it.';
comment on column accounting.declaration_rules.language is
  'Shown to drivers for whose own language there is no version in force.';
comment on column accounting.declaration_rules.retention_months is
  'For how long what was shown is kept after it stopped counting, in months; null: not decided.';

alter table accounting.declaration_templates enable row level security;
alter table accounting.declaration_acceptances enable row level security;
alter table accounting.declaration_rules enable row level security;
