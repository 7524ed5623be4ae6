-- When a delivered claim is followed up next: after as long as it has been delivered, so with doubling
-- distance, but not before a quarter of the integration's time and not after twelve of it. With one
-- hour: after 15 minutes, half an hour, one, two, four, eight hours, then twice a day.
create or replace function accounting.next_follow_up_at (
  p_now timestamptz,
  p_delivered_at timestamptz,
  p_follow_up_ms integer
)
  returns timestamptz
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select p_now + least(
    greatest(p_now - p_delivered_at, p_follow_up_ms / 4.0 * interval '1 millisecond'),
    p_follow_up_ms * 12.0 * interval '1 millisecond'
  );
$$;

comment on function accounting.next_follow_up_at(timestamptz, timestamptz, integer) is
  'When a claim delivered at p_delivered_at is followed up next.';
