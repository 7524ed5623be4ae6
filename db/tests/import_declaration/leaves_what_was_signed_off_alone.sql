begin;
select plan(4);

-- given
select tests.organisation(1);
select tests.declare(tests.organisation_id(), p_body => 'Text one.');
create function pg_temp.import (p_body text) returns text language sql as $$
  select concat_ws(' ', i.result, i.version, i.state, i.valid_from = tests.day())
  from accounting.import_declaration(tests.organisation_id(), 'nb', p_body, 'tick_box') as i;
$$;
-- when, then
select is(
  pg_temp.import('Text one.'), 'unchanged 1 published t', 'what is published already begins no draft'
);
select is(pg_temp.import('Text two.'), 'created 2 draft', 'another text is the next version');
select is(
  pg_temp.import('Text one.'), 'updated 2 draft', 'going back to an older text is a version too'
);
select is(
  (select t.body from accounting.declaration_templates as t where t.version = 1), 'Text one.',
  'and the published one is as it was'
);

select * from finish();
rollback;
