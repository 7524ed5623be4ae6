-- How many lines of one claim a system books atomically; null for a system that isn't known.
create or replace function accounting.most_lines_of_a_claim (p_system text)
  returns integer
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select k.most_lines from accounting.known_systems() as k where k.system = p_system;
$$;

comment on function accounting.most_lines_of_a_claim(text) is
  'The most lines of one claim that the system takes in one atomic request.';
