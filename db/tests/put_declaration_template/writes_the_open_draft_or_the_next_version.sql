begin;
select plan(5);

-- given
select tests.organisation(1);
select tests.declare(tests.organisation_id());
-- when
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
select results_eq(
  $$ select language, version, state, problems from api.put_declaration_template('nb', E'a\r\nb',
    'both') $$,
  $$ values ('nb', 2, 'draft', '{}'::text[]) $$, 'after a published one comes the next version'
);
select results_eq(
  $$ select version, state from api.put_declaration_template('nb', 'c {{name}} {{ {{version}} }}',
    'both') $$,
  $$ values (2, 'draft') $$, 'which is written on until it is signed off'
);
select results_eq(
  $$ select version from api.put_declaration_template('nn', 'c', 'both') $$, 'values (1)',
  'each language counts by itself'
);
-- then
select results_eq(
  $$ select body, problems, authors from api.declaration_templates where version = 2 $$,
  $$ values ('c {{name}} {{ {{version}} }}', array['{{ ', '{{name}}', '}}'],
    array['organisation_admin-1']) $$,
  'a draft tells what nobody can fill in'
);
reset role;
select is(
  (accounting.put_declaration_template(
    tests.organisation_id(), 'nb', E'a\r\nb', 'both', 'somebody else'
  )).body, E'a\nb', 'line ends are the same whatever file they come from'
);

select * from finish();
rollback;
