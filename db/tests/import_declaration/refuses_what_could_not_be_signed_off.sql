begin;
select plan(6);

-- given
select tests.organisation(1);
create function pg_temp.import (p_body text, p_author text default null)
  returns text language sql as $$
  select 'select * from accounting.import_declaration('
    || format('tests.organisation_id(), %L, %L, %L, %L)', 'nb', p_body, 'tick_box', p_author);
$$;
-- when, then
select throws_ok(pg_temp.import('{{name}}'), 'AX031', null, 'a placeholder that is not known');
select throws_ok(pg_temp.import('<script>'), 'AX030', null, 'HTML');
select throws_ok(pg_temp.import('Text.', E'a\nb'), 'AX030', null, 'an author of two lines');
select tests.set_rule(tests.organisation_id(), 'yearly', true);
select throws_ok(
  pg_temp.import('Text.'), 'AX030', null, 'nobody as author, where another person has to sign'
);
select is_empty('select from accounting.declaration_templates', 'nothing was stored');
select lives_ok(pg_temp.import('Text.', 'author-1'), 'a named author is enough');

select * from finish();
rollback;
