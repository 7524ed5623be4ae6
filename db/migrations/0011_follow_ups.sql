-- What becomes of delivered claims in the accounting system afterwards: booked, or found faulty. It is
-- asked now and then, for many claims at once: asking costs (Xledger counts requests).

alter table accounting.integrations
  add column follow_up_ms integer not null default 3600000,
  add constraint follow_up_is_sensible check (follow_up_ms between 1000 and 86400000);

alter table accounting.claim_reservations
  add column follow_at timestamptz,
  add column followed_at timestamptz,
  add column is_fault_told boolean not null default false,
  add constraint followed_while_delivered_and_not_booked check (
    follow_at is null
    or (delivered_at is not null and released_at is null and booked_at is null)
  ),
  add constraint told_fault_is_a_fault check (not is_fault_told or fault is not null);

create index claim_reservations_organisation_id_follow_at_idx
  on accounting.claim_reservations (organisation_id, follow_at)
  where follow_at is not null;

create table accounting.follow_ups (
  organisation_id uuid not null,
  system text not null,
  next_at timestamptz not null,
  started_at timestamptz,
  failure_count integer not null default 0,
  failing_since timestamptz,
  problem text,
  lease_id uuid,
  lease_expires_at timestamptz,
  leased_by text,
  primary key (organisation_id, system),
  foreign key (organisation_id, system)
    references accounting.integrations (organisation_id, system),
  constraint lease_is_whole check (
    (lease_id is null) = (lease_expires_at is null) and (lease_id is null) = (leased_by is null)
  ),
  constraint failing_has_a_problem check (
    (failure_count > 0) = (problem is not null) and (problem is null) = (failing_since is null)
  )
);

create index follow_ups_lease_expires_at_idx
  on accounting.follow_ups (lease_expires_at)
  where lease_id is not null;

-- What was delivered before this came.
update accounting.claim_reservations as r
set follow_at = accounting.clock()
from accounting.export_requests as e
where e.organisation_id = r.organisation_id
  and e.run_id = r.run_id
  and e.system = 'xledger'
  and r.outcome in ('accepted', 'found')
  and r.delivered_at > accounting.clock() - interval '60 days'
  and r.released_at is null
  and r.booked_at is null;

comment on column accounting.integrations.follow_up_ms is
  'The least time between two follow-ups, milliseconds; the first comes after a quarter of it.';
comment on column accounting.claim_reservations.follow_at is
  'When the system is asked next whether it booked the claim or found a fault; null: not any more.';
comment on column accounting.claim_reservations.followed_at is
  'When the last follow-up that was answered began.';
comment on column accounting.claim_reservations.is_fault_told is
  'The fault is what a follow-up told, and goes when a later one doesn''t tell it any more.';
comment on table accounting.follow_ups is
  'When an integration may be asked again what became of delivered claims, and who asks.';
comment on column accounting.follow_ups.next_at is
  'Not before this, whatever is due: what keeps the requests of a month within a known number.';
comment on column accounting.follow_ups.failure_count is 'Follow-ups in a row without a whole answer.';
comment on column accounting.follow_ups.problem is 'Why the last one had no whole answer.';

alter table accounting.follow_ups enable row level security;
