begin;
select plan(6);

-- given
select tests.organisation(1);
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
create function pg_temp.codes (p_bodies text[]) returns setof text language plpgsql as $$
declare v_body text;
begin
  foreach v_body in array p_bodies loop
    return next coalesce(tests.error_of(format(
      'select * from api.put_declaration_template(%L, %L, %L)', 'nb', v_body, 'tick_box'
    )) ->> 'code', 'taken: ' || v_body);
  end loop;
end;
$$;
-- when, then
select results_eq(
  $$ select distinct pg_temp.codes(array[null, '', E' \n ', repeat('x', 20001)]) $$,
    $$ values ('AX030') $$,
  'an empty text, and one over the limit'
);
select results_eq(
  $$ select distinct pg_temp.codes(array[
    'a<script>alert(1)</script>', '<b>x</b>', '</p>', '<!-- x -->', '<?php', '<img src=x onerror=y>',
    'a &lt;b', '&nbsp;', '&#60;', '&#x3c;'
  ]) $$, $$ values ('AX030') $$,
  'markup, also written as entities'
);
select results_eq(
  $$ select distinct pg_temp.codes(array[
    E'a\tb', E'a\x1bb', E'a\u202eb', E'a\u200bb', E'a\u2028b', E'a\ufeffb', E'a\u0085b',
    E'a\u061cb', E'a\u00adb', E'a\u3164b', E'a\ufe0fb', E'a\U000e0041b'
  ]) $$, $$ values ('AX030') $$,
  'control characters, and those that hide letters or turn them round'
);
select is(
  array(select tests.error_of(format('select * from api.put_declaration_template(%L, %L, %L)', l,
    'x', w)) ->> 'code'
    from (values ('Norwegian', 'tick_box'), (null, 'tick_box'), ('nb',
    'blood'), ('nb', null)) as v (l, w)),
  array['AX030', 'AX030', 'AX030', 'AX030'],
  'a language or a way that isn''t known'
);
select is((select count(*)::integer from api.declaration_templates), 0, 'nothing was stored');
select results_eq(
  $$ select pg_temp.codes(array['1 < 2 & 3 > 2; R&D {x} æøå – «…»',
    repeat('å', 20000)]) ~ 'taken' $$,
  'values (true), (true)', 'plain text is taken, of up to 20000 characters'
);

select * from finish();
rollback;
