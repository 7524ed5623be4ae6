-- How many lines of one claim a system books atomically: its limit less the liability line.
-- Business Central: 100 operations in a $batch. Xledger: 500 nodes in a mutation.
create or replace function accounting.most_lines_of_a_claim (p_system text)
  returns integer
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select case p_system when 'business_central' then 99 when 'xledger' then 499 else 499 end;
$$;

comment on function accounting.most_lines_of_a_claim(text) is
  'The most lines of one claim that the system takes in one atomic request.';
