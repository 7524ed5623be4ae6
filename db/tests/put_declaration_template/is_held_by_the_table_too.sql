begin;
select plan(4);

-- given
select tests.organisation(1);
create function pg_temp.stored (p_body text) returns text language sql as $$
  select tests.violation_of(format(
    'insert into accounting.declaration_templates
      (organisation_id, language, version, body, way_of_acknowledging, authors)
      values (tests.organisation_id(), %L, 1, %L, %L, %L)', 'nb', p_body, 'tick_box', '{me}'
  ));
$$;
-- when, then
select is(pg_temp.stored(' '), '23514 body_is_not_blank', 'no empty text');
select is(pg_temp.stored('<b>x'), '23514 body_is_text_and_not_html', 'no markup');
select is(
  pg_temp.stored(E'a\u202eb'), '23514 body_has_no_control_characters',
  'no control characters'
);
select is(
  pg_temp.stored(repeat('x', 20001)), '23514 body_is_at_most_20000_characters',
  'no longer text'
);

select * from finish();
rollback;
