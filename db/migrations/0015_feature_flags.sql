-- What an organisation has switched on. Everything is off until it says so, and who said so, when and
-- why stays for good.
create table accounting.feature_flags (
  organisation_id uuid not null references accounting.organisations (id),
  name text not null,
  is_enabled boolean not null default false,
  changed_at timestamptz not null default accounting.clock(),
  changed_by text not null,
  reason text not null,
  primary key (organisation_id, name),
  constraint name_is_known check (name in ('driver_honorarium')),
  constraint changed_by_is_somebody
    check (changed_by ~ '\S' and pg_catalog.length(changed_by) <= 200),
  constraint reason_is_given check (reason ~ '\S' and pg_catalog.length(reason) <= 500)
);

create table accounting.feature_flag_changes (
  organisation_id uuid not null,
  name text not null,
  change_no integer not null,
  is_enabled boolean not null,
  changed_at timestamptz not null,
  changed_by text not null,
  reason text not null,
  primary key (organisation_id, name, change_no),
  foreign key (organisation_id, name) references accounting.feature_flags (organisation_id, name),
  constraint change_no_counts_from_one check (change_no >= 1)
);

-- Those that are there already begin as new ones do.
insert into accounting.feature_flags (organisation_id, name, changed_by, reason)
select o.id, 'driver_honorarium', 'the migration', 'off until the organisation says so'
from accounting.organisations as o;

insert into accounting.feature_flag_changes
  (organisation_id, name, change_no, is_enabled, changed_at, changed_by, reason)
select f.organisation_id, f.name, 1, f.is_enabled, f.changed_at, f.changed_by, f.reason
from accounting.feature_flags as f;

comment on table accounting.feature_flags is
  'What each organisation has switched on. A row for each flag that there is, off at first.';
comment on column accounting.feature_flags.name is
  'driver_honorarium: honoraria of drivers may be exported.';
comment on column accounting.feature_flags.changed_by is
  'The person''s sub, or the database login that applied a file.';
comment on table accounting.feature_flag_changes is
  'Every state that a flag ever had, who set it, when and why. Append-only.';
comment on column accounting.feature_flag_changes.change_no is 'From 1, per organisation and flag.';

alter table accounting.feature_flags enable row level security;
alter table accounting.feature_flag_changes enable row level security;
