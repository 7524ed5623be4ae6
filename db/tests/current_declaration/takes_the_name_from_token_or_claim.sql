begin;
select plan(6);

-- given
select tests.organisation(1);
select tests.organisation(2);
select tests.declare(tests.organisation_id(), 0, 'nb', 'tick_box', 'I, {{driver_name}}');
select tests.put_claim(tests.organisation_id(2), 1);
create function pg_temp.content () returns text language sql as $$
  select c.content from api.current_declaration() as c;
$$;
-- when, then
select tests.sign_in_driver(tests.organisation_id(), 'person-1', '{"name": null}');
select throws_ok(
  'select pg_temp.content()', 'AX039', null,
  'nobody told the name: another organisation''s claims don''t count'
);
select tests.sign_in_driver(tests.organisation_id(), 'person-1',
  '{"name": " ", "app_metadata": {"name": ""}, "user_metadata": {"name": "Somebody Else"}}');
select throws_ok(
  'select pg_temp.content()', 'AX039', null,
  'what users write themselves isn''t asked'
);
reset role;
select tests.honorarium(tests.organisation_id(), 1);
select tests.sign_in_driver(tests.organisation_id(), 'person-1', '{"name": null}');
select is(pg_temp.content(), 'I, Kari Eksempel', 'as on the driver''s newest claim');
select tests.sign_in_driver(tests.organisation_id(), 'person-1',
  '{"name": null, "app_metadata": {"name": "Kari E."}}');
select is(pg_temp.content(), 'I, Kari E.', 'the token goes before it');
reset role;
select tests.declare(tests.organisation_id(), 0, 'en', 'tick_box', 'no name in it');
select tests.sign_in_driver(tests.organisation_id(),
  'person-9', '{"name": null, "locale": "en-GB"}');
select is(pg_temp.content(), 'no name in it', 'a text without a name needs none');
select tests.sign_in(tests.organisation_id(), 'coordinator');
select throws_ok('select pg_temp.content()', 'AX009', null, 'a declaration is a driver''s own');

select * from finish();
rollback;
