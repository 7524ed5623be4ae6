begin;
select plan(1);

-- given, when, then
select results_eq(
  $$ select accounting.unknown_placeholders(v.body) from (values
    (1, '{{driver_name}}, {{organisation_name}} {{organisation_number}} {{valid_from}} {{version}}'),
    (2, 'no braces, {one}, }one{'), (3, '{{Driver_name}}'), (4, '{{ driver_name }}'), (5, '{{}}'),
    (6, '{{driver_name'), (7, 'driver_name}}'), (8, '{{{version}}{driver_name}}'),
    (9, '{{{version}}}')
  ) as v (no, body) order by v.no $$,
  $$ values ('{}'::text[]), ('{}'), ('{"{{Driver_name}}"}'), ('{"{{ driver_name }}"}'),
    ('{"{{}}"}'),
    ('{"{{driver_name"}'), ('{"}}"}'), ('{"}}"}'), ('{}') $$,
  'only the five, written exactly so; stray braces and what would grow together are told'
);

select * from finish();
rollback;
