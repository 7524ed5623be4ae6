begin;
select plan(3);

-- given, when, then
select is(
  accounting.fill_in('{{a}}, {{b}}; {{a}}{ {{c}} {{{b}}}', '{"a": "{{b}} \\1 &", "b": "B"}'),
  '{{b}} \1 &, B; {{b}} \1 &{ {{c}} {B}',
  'what looks like a placeholder in a value stays, and one without a value too'
);
select is(accounting.fill_in(E'line\n{{a}}\n', '{"a": ""}'), E'line\n\n', 'line ends stay');
select is(
  length(accounting.fill_in(repeat('{{a}} x', 2857), '{"a": "yy"}')), 2857 * 4, 'a long text too'
);

select * from finish();
rollback;
