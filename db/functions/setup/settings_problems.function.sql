-- What is wrong with an integration's system and settings: one sentence per problem, null if
-- nothing. What each system takes is in accounting.known_systems.
create or replace function accounting.settings_problems (p_system text, p_settings jsonb)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  with known (key, is_required, type, pattern) as (
    select s.key, s.value ->> 0 = 'required', s.value ->> 1, s.value ->> 2
    from accounting.known_systems() as k
    cross join pg_catalog.jsonb_each(k.settings) as s (key, value)
    where k.system = p_system
  ),
  problem (text) as (
    select pg_catalog.format(
      '%s is no accounting system here: use %s',
      p_system, pg_catalog.string_agg(k.system, ' or ' order by k.system)
    )
    from accounting.known_systems() as k
    having not coalesce(pg_catalog.bool_or(k.system = p_system), false)
    union all
    select pg_catalog.format('%s is missing', k.key)
    from known as k
    where k.is_required
      and not p_settings OPERATOR(pg_catalog.?) k.key
    union all
    select pg_catalog.format('%s is not a setting of %s', s.key, p_system)
    from pg_catalog.jsonb_object_keys(p_settings) as s (key)
    where s.key <> all (accounting.mapping_settings())
      and not exists (select from known as k where k.key = s.key)
    union all
    select pg_catalog.format('%s does not look right', k.key)
    from known as k
    where p_settings OPERATOR(pg_catalog.?) k.key
      and (
        (p_settings ->> k.key) !~ k.pattern
        or pg_catalog.jsonb_typeof(p_settings -> k.key) <> k.type
      ) is not false
    union all
    select m.problem
    from accounting.mapping_settings_problems(p_system, p_settings) as m (problem)
  )
  select pg_catalog.string_agg(problem.text, '; ' order by problem.text)
  from problem;
$$;

comment on function accounting.settings_problems(text, jsonb) is
  'What is wrong with the system and the settings of an integration, in words; null: nothing.';
