begin;
select plan(5);

-- given
select tests.organisation(1);
select tests.declare(tests.organisation_id(), 0, 'en');
create function pg_temp.language (p_more jsonb) returns text language plpgsql as $$
declare v_language text;
begin
  perform tests.sign_in_driver('00000000-0000-4000-8000-000000000001', 'person-1', p_more);
  v_language := (select c.language from api.current_declaration() as c);
  reset role;
  return v_language;
end;
$$;
-- when, then
select is(pg_temp.language('{"locale": "nn"}'), 'en', 'the only one there is');
select tests.declare(tests.organisation_id(), 0, 'nb');
select is(
  pg_temp.language('{"locale": "nn-NO"}'), 'nb',
  'the organisation''s, where the driver''s has none'
);
select is(pg_temp.language('{}'), 'nb', 'also where the token tells none');
select is(
  array[pg_temp.language('{"locale": "en_GB"}'),
    pg_temp.language('{"app_metadata": {"locale": "EN"}}')],
  array['en', 'en'], 'the driver''s'
);
select is(
  array[pg_temp.language('{"locale": "english"}'), pg_temp.language('{"locale": 7}'),
    pg_temp.language('{"user_metadata": {"locale": "en"}}')],
  array['nb', 'nb', 'nb'], 'nonsense is none'
);

select * from finish();
rollback;
