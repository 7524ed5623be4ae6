-- Which systems tell later what became of what they were given: their adapters have followUp.
create or replace function accounting.is_followed_up (p_system text)
  returns boolean
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select p_system = 'xledger';
$$;

comment on function accounting.is_followed_up(text) is
  'Whether a system is asked, after delivery, what it booked and what it found faulty.';
