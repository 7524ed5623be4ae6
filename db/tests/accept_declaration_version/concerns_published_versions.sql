begin;
select plan(4);

-- given
select tests.organisation(1);
create temp table versions as select 1 as no, tests.declare(tests.organisation_id()) as id;
insert into versions values (2, tests.declare(tests.organisation_id(), 5));
insert into versions select 3, (accounting.put_declaration_template(
  tests.organisation_id(), 'nb', 'x', 'tick_box', 'author-1')).id;
grant select on versions to public;
create function pg_temp.id_of (p_no integer) returns uuid language sql as $$
  select v.id from versions as v where v.no = p_no;
$$;
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
-- when, then
select results_eq(
  $$ select version, valid_from, valid_until, counts_until
    from api.accept_declaration_version(
      pg_temp.id_of(1), 1, tests.day(30), 'the words are nearly the same'
    ) $$,
  $$ values (1, tests.day(), tests.day(4), tests.day(30)) $$, 'its days come back'
);
select is(
  (select t.accepted_until from api.declaration_templates as t where t.version = 1),
  tests.day(30), 'and are shown'
);
select throws_ok(
  $$ select * from api.accept_declaration_version(pg_temp.id_of(3), 3, tests.day(30), 'x') $$,
  'AX033', null,
  'a draft was acknowledged by nobody'
);
select throws_ok(
  $$ select * from api.accept_declaration_version(pg_temp.id_of(1), 2, tests.day(30), 'x') $$,
  'AX032', null,
  'id and version go together'
);

select * from finish();
rollback;
