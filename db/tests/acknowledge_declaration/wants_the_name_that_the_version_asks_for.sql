begin;
select plan(3);

-- given
select tests.organisation(1);
select tests.declare(tests.organisation_id(), 0, 'nb', 'tick_box');
select tests.declare(tests.organisation_id(), 0, 'nn', 'typed_name');
select tests.declare(tests.organisation_id(), 0, 'en', 'both');
create function pg_temp.code_of (p_language text, p_name text) returns text language plpgsql as $$
declare v_code text;
begin
  perform tests.sign_in_driver('00000000-0000-4000-8000-000000000001',
    'person-1', jsonb_build_object('locale', p_language));
  v_code := coalesce((select tests.error_of(format(
    'select * from api.acknowledge_declaration(%L, %L, %L, %L)', c.template_id, c.version,
    c.content_sha256, p_name
  )) ->> 'code' from api.current_declaration() as c), 'taken');
  reset role;
  return v_code;
end;
$$;
-- when, then
select is(
  array[pg_temp.code_of('nn', null), pg_temp.code_of('en', null), pg_temp.code_of('nn', ''),
    pg_temp.code_of('nn', E'Kari\nE'), pg_temp.code_of('nn', repeat('x', 201)),
    pg_temp.code_of('nb', 'Kari')],
  array['AX038', 'AX038', 'AX038', 'AX038', 'AX038', 'AX038'],
  'none where one is asked for, one that is no line of text, and one that nobody asked for'
);
select is(
  (select count(*)::integer from accounting.declaration_acknowledgements), 0,
  'nothing was stored'
);
select is(
  array[pg_temp.code_of('nn', 'Kari'), pg_temp.code_of('en', 'Kari'), pg_temp.code_of('nb', null)],
  array['taken', 'taken', 'taken'], 'each in its way is taken'
);

select * from finish();
rollback;
