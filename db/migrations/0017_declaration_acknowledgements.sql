-- What drivers acknowledged and took back. The text that was shown holds a name, so it lies apart:
-- there it can be erased, while the act and the text's hash stay.
create table accounting.declaration_acknowledgements (
  organisation_id uuid not null references accounting.organisations (id),
  driver_id text not null,
  act_no integer not null,
  act text not null,
  template_id uuid not null,
  language text not null,
  version integer not null,
  way_of_acknowledging text not null,
  content_sha256 text,
  channel text,
  acted_at timestamptz not null default accounting.clock(),
  acted_on date not null generated always as (
    (acted_at at time zone 'Europe/Oslo')::date
  ) stored,
  primary key (organisation_id, driver_id, act_no),
  foreign key (organisation_id, template_id, language, version)
    references accounting.declaration_templates (organisation_id, id, language, version),
  constraint driver_id_is_not_blank
    check (driver_id ~ '\S' and pg_catalog.length(driver_id) <= 200),
  constraint act_no_counts_from_one check (act_no >= 1),
  constraint act_is_known check (act in ('acknowledged', 'withdrawn')),
  constraint way_of_acknowledging_is_known
    check (way_of_acknowledging in ('tick_box', 'typed_name', 'both')),
  constraint channel_is_known check (channel in ('web', 'app')),
  constraint what_was_acknowledged_was_shown_somewhere
    check ((act = 'acknowledged') = (channel is not null)),
  constraint what_was_acknowledged_has_a_hash
    check ((act = 'acknowledged') = (content_sha256 is not null)),
  constraint content_sha256_is_sha256 check (content_sha256 ~ '^[0-9a-f]{64}$')
);

create table accounting.declaration_texts (
  organisation_id uuid not null,
  driver_id text not null,
  act_no integer not null,
  content text,
  typed_name text,
  erased_at timestamptz,
  primary key (organisation_id, driver_id, act_no),
  foreign key (organisation_id, driver_id, act_no)
    references accounting.declaration_acknowledgements (organisation_id, driver_id, act_no),
  constraint content_is_there_until_erased check ((content is null) = (erased_at is not null)),
  constraint erased_has_no_name check (erased_at is null or typed_name is null),
  constraint typed_name_is_a_name
    check (typed_name ~ '\S' and pg_catalog.length(typed_name) <= 200)
);

-- A driver's newest claim has the driver's name.
create index claims_organisation_id_claimant_id_idx
  on accounting.claims (organisation_id, claimant_id, created_at desc);

-- What a missing acknowledgement may hold up.
create index claims_open_honoraria_idx
  on accounting.claims (organisation_id, claimant_id, id)
  where kind = 'driver_honorarium' and state = 'approved' and exported_at is null;

comment on table accounting.declaration_acknowledgements is
  'Each act of a driver: acknowledged, or withdrawn. Append-only; holds no name and no text.';
comment on column accounting.declaration_acknowledgements.driver_id is
  'The driver''s sub, which claims have as claimant_id.';
comment on column accounting.declaration_acknowledgements.act_no is 'From 1, per driver.';
comment on column accounting.declaration_acknowledgements.act is
  'withdrawn ends all that the driver acknowledged before.';
comment on column accounting.declaration_acknowledgements.template_id is
  'The version; of a withdrawal the one that was acknowledged last.';
comment on column accounting.declaration_acknowledgements.content_sha256 is
  'SHA-256 of the text as it was shown, hex; stays when the text is erased. Null: withdrawn.';
comment on column accounting.declaration_acknowledgements.channel is
  'Where it was shown: web or app. Null: withdrawn, which nobody said where.';
comment on column accounting.declaration_acknowledgements.acted_on is 'The day of acted_at in Norway.';
comment on table accounting.declaration_texts is
  'The text of each acknowledgement as it was shown. Holds personal data; may be erased, and changed '
  'in no other way.';
comment on column accounting.declaration_texts.content is 'With all filled in; null: erased.';
comment on column accounting.declaration_texts.typed_name is
  'What the driver typed; null: the version asks for none, or it was erased.';
comment on column accounting.declaration_texts.erased_at is
  'When it was erased with the driver''s data; null: it is there.';

alter table accounting.declaration_acknowledgements enable row level security;
alter table accounting.declaration_texts enable row level security;
