begin;
select plan(6);

-- given
select tests.organisation(1);
select tests.organisation(2);
create temp table draft as select t.* from accounting.put_declaration_template(
  tests.organisation_id(), 'nb', 'I, {{drivers_name}}', 'both', 'author-1') as t;
grant select on draft to public;
create function pg_temp.code_of (p_sha256 text, p_way text default 'both',
  p_reference text default 'board 12')
  returns text language sql as $$
  select tests.error_of(format('select * from api.sign_off_declaration_template(%L, 1, %L, %L, %L)',
    d.id, p_sha256, p_way, p_reference)) ->> 'code' from draft as d;
$$;
-- when, then
select tests.sign_in(tests.organisation_id(), 'coordinator');
select is(
  pg_temp.code_of((select d.body_sha256 from draft as d)), 'AX009',
  'a coordinator doesn''t sign off'
);
select tests.sign_in(tests.organisation_id(2), 'organisation_admin');
select is(
  pg_temp.code_of((select d.body_sha256 from draft as d)), 'AX032',
  'nor another organisation'
);
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
select is(
  pg_temp.code_of((select d.body_sha256 from draft as d)), 'AX031',
  'a placeholder is not known'
);
select is(
  array[pg_temp.code_of(repeat('0', 64)), pg_temp.code_of(null),
    pg_temp.code_of((select d.body_sha256 from draft as d), 'tick_box')],
  array['AX036', 'AX036', 'AX036'], 'another text, none, or another way than is there'
);
select is(
  pg_temp.code_of((select d.body_sha256 from draft as d), 'both', ' '), 'AX017',
  'on no reference'
);
reset role;
select is(
  tests.violation_of($$ update accounting.declaration_templates
    set state = 'signed_off', signed_off_at = now(), signed_off_by = 'me',
    sign_off_reference = 'x' $$),
  '23514 signed_off_text_can_be_filled_in', 'the table refuses the placeholder too'
);

select * from finish();
rollback;
