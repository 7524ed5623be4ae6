begin;
select plan(6);

create function pg_temp.faults (p_body text) returns text language sql as $$
  select string_agg(coalesce(f.line_no::text, 'all') || ' ' || f.fault, '; ')
  from accounting.declaration_faults(p_body) as f;
$$;
select is(pg_temp.faults(E'I, {{driver_name}},\n\ntell nobody.'), null, 'a declaration has none');
select is(pg_temp.faults(E'\n \n'), 'all the text is empty', 'a text of blanks is empty');
select is(
  pg_temp.faults(repeat(E'a\n', 10001)), 'all the text has 20002 characters, at most 20000',
  'too long is the whole text, whatever its lines'
);
select matches(
  pg_temp.faults(E'a\n{{name}}\n\n<b>'), '^2 .*\{\{name\}\}; 4 .*HTML', 'each with its line'
);
select matches(
  pg_temp.faults(E'a\nb\u202ec\u0007'), '^2 .*U\+0007, U\+202E', 'hidden characters are named'
);
select ok(
  not exists (select from accounting.declaration_faults(E'\u202e') as f where f.is_printable),
  'and their line is not for a terminal'
);

select * from finish();
rollback;
