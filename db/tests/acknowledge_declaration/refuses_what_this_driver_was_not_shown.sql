begin;
select plan(6);

-- given: version 1 superseded, 2 in force, 3 to come, 4 a draft
select tests.organisation(1);
select tests.organisation(2);
create temp table versions as
select 1 as no, tests.declare(tests.organisation_id()) as id;
grant select on versions to public;
select tests.move_clock('1 day');
insert into versions values (2, tests.declare(tests.organisation_id()));
insert into versions values (3, tests.declare(tests.organisation_id(), 1));
insert into versions select 4, (accounting.put_declaration_template(
  tests.organisation_id(), 'nb', 'x', 'tick_box', 'author-1')).id;
insert into versions values (5, tests.declare(tests.organisation_id(2)));
create function pg_temp.code_of (p_no integer, p_version integer, p_text text,
  p_channel text default 'web')
  returns text language sql as $$
  select tests.error_of(format('select * from api.acknowledge_declaration(%L, %L, %L, null, %L)',
    v.id, p_version, encode(sha256(convert_to(p_text, 'UTF8')), 'hex'), p_channel)) ->> 'code'
  from versions as v where v.no = p_no;
$$;
-- when, then
select tests.sign_in_driver(tests.organisation_id());
select is(
  array[pg_temp.code_of(2, 2, 'I, Ola Eksempel, tell nobody.'),
    pg_temp.code_of(2, 2, 'x'), pg_temp.code_of(2, 2, null)],
  array['AX036', 'AX036', 'AX036'], 'what another person was shown, another text, none'
);
select is(
  array[pg_temp.code_of(1, 1, 'I, Kari Eksempel, tell nobody.'),
    pg_temp.code_of(3, 3, 'I, Kari Eksempel, tell nobody.')],
  array['AX037', 'AX037'], 'a version that is not in force any more, or not yet'
);
select is(
  array[pg_temp.code_of(2, 1, 'x'), pg_temp.code_of(4, 4, 'x'),
    pg_temp.code_of(5, 1, 'I, Kari Eksempel, tell nobody.')],
  array['AX032', 'AX032', 'AX032'],
  'another version''s number, a draft, another organisation''s: there is none'
);
select is(
  pg_temp.code_of(2, 2, 'I, Kari Eksempel, tell nobody.', 'pigeon'), 'AX038',
  'a channel is known'
);
select tests.sign_in(tests.organisation_id(), 'coordinator');
select is(
  pg_temp.code_of(2, 2, 'I, Kari Eksempel, tell nobody.'), 'AX009',
  'nobody acknowledges for a driver'
);
reset role;
select is(
  (select count(*)::integer from accounting.declaration_acknowledgements)
    + (select count(*)::integer from accounting.declaration_texts), 0, 'nothing was stored'
);

select * from finish();
rollback;
