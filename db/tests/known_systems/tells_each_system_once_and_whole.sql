begin;
select plan(4);

select is(
  (select count(distinct k.system) from accounting.known_systems() as k),
  (select count(*) from accounting.known_systems() as k),
  'each system has one row'
);
select is_empty(
  $$ select k.system from accounting.known_systems() as k where (k.most_lines > 0) is not true $$,
  'each says how many lines it takes at once'
);
select is_empty(
  $$
    select k.system from accounting.known_systems() as k
    where k.mapper is null or (k.mapper ~ (k.settings -> 'mapper' ->> 2)) is false
  $$,
  'each has a mapper, which its settings may name too'
);
select is_empty(
  $$
    select k.system, s.key
    from accounting.known_systems() as k
    cross join jsonb_each(k.settings) as s (key, value)
    where (
      s.value ->> 0 in ('required', 'optional')
      and s.value ->> 1 in ('string', 'number', 'boolean')
      and E' \n' !~ (s.value ->> 2)
      and jsonb_array_length(s.value) = 3
    ) is not true
  $$,
  'each setting is required or optional, has a JSON type, and a pattern that holds something back'
);

select * from finish();
rollback;
