begin;
select plan(6);

-- given
select tests.organisation(1);
create function pg_temp.import (p_body text, p_way text default 'tick_box', p_author text default null)
  returns text language sql as $$
  select concat_ws(' ', i.result, i.version, i.state)
  from accounting.import_declaration(tests.organisation_id(), 'nb', p_body, p_way, p_author) as i;
$$;
-- when, then
select is(pg_temp.import('Text one.'), 'created 1 draft', 'a file begins the first version');
select is(pg_temp.import(E'Text\none.'), 'updated 1 draft', 'another text is written on the draft');
select is(
  pg_temp.import(E'Text\r\none.'), 'unchanged 1 draft', 'the same text with other line ends is the same'
);
select is(
  pg_temp.import(E'Text\none.', 'both'), 'updated 1 draft', 'the way is part of the version'
);
select is(
  pg_temp.import(E'Text\none.', 'both', 'author-7'), 'updated 1 draft',
  'whoever wrote the same text is recorded as an author'
);
select is(
  (
    select concat_ws(' ', t.version, t.state, t.signed_off_by, t.authors::text)
    from accounting.declaration_templates as t
  ),
  '1 draft {' || session_user || ',author-7}',
  'it stays one draft that nobody signed off'
);

select * from finish();
rollback;
