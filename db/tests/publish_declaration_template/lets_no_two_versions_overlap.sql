begin;
select plan(6);

-- given
select tests.organisation(1);
select tests.declare(tests.organisation_id(), 5);
create temp table draft as select t.* from accounting.put_declaration_template(
  tests.organisation_id(), 'nb', 'a', 'both', 'author-1') as t;
grant select on draft to public;
create function pg_temp.code_of (p_days integer) returns text language sql as $$
  select tests.error_of(format('select * from api.publish_declaration_template(%L, 2, %L)',
    d.id, tests.day(p_days))) ->> 'code' from draft as d;
$$;
-- when, then
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
select is(pg_temp.code_of(9), 'AX033', 'a draft is not published');
reset role;
select accounting.sign_off_template(d.organisation_id, d.id, 2, d.body_sha256, 'both', 'board 12',
  'me')
from draft as d;
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
select is(
  array[pg_temp.code_of(-1), pg_temp.code_of(5), pg_temp.code_of(4), pg_temp.code_of(4000),
    pg_temp.code_of(null)],
  array['AX035', 'AX035', 'AX035', 'AX035', 'AX035'],
  'not on a day that is past, nor that of the version before or earlier, nor far off, nor on none'
);
select is(pg_temp.code_of(6), null, 'on a later day it is');
select is(pg_temp.code_of(7), 'AX033', 'and only once');
reset role;
select results_eq(
  $$ select v.version, v.valid_from, v.valid_until
    from accounting.declaration_versions(tests.organisation_id()) as v order by v.version $$,
  $$ values (1, tests.day(5), tests.day(5)), (2, tests.day(6), 'infinity') $$,
  'one ends the day before the next begins'
);
select is(
  tests.violation_of($$ insert into accounting.declaration_templates
      (organisation_id, language, version, body, way_of_acknowledging, authors, state,
      signed_off_at,
       signed_off_by, sign_off_reference, published_at, published_by, valid_from)
    values (tests.organisation_id(), 'nb', 3, 'a', 'both', '{me}', 'published', now(), 'me',
    'x', now(),
      'me', tests.day(6)) $$),
  '23505 validities_do_not_overlap', 'the table lets no two begin on one day'
);

select * from finish();
rollback;
