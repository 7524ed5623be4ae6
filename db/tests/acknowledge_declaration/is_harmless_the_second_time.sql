begin;
select plan(6);

-- given
select tests.organisation(1);
select tests.declare(tests.organisation_id());
create function pg_temp.acts () returns integer language sql security definer as $$
  select count(*)::integer from accounting.declaration_acknowledgements;
$$;
select tests.sign_in_driver(tests.organisation_id());
create temp table shown as select * from api.current_declaration();
grant select on shown to public;
prepare acknowledge as select a.acknowledged_at, a.version from shown as s,
  api.acknowledge_declaration(s.template_id, s.version, s.content_sha256) as a;
create temp table first_time as select a.acknowledged_at, a.version from shown as s,
  api.acknowledge_declaration(s.template_id, s.version, s.content_sha256) as a;
-- when, then
select tests.move_clock('40 days');
select results_eq('execute acknowledge', 'table first_time', 'the first row comes back');
reset role;
select tests.set_rule(tests.organisation_id(), 'yearly');
select tests.sign_in_driver(tests.organisation_id());
select results_ne(
  'execute acknowledge', 'table first_time',
  'under the yearly rule it is a renewal'
);
select tests.move_clock('1 second');
select lives_ok('execute acknowledge', 'a double click on that');
select is(pg_temp.acts(), 2, 'is one');
reset role;
select tests.set_rule(tests.organisation_id(), 'once');
select tests.declare(tests.organisation_id());
select tests.sign_in_driver(tests.organisation_id());
select lives_ok(
  'execute acknowledge',
  'a lost answer is given also when the next version is in force'
);
select is(pg_temp.acts(), 2, 'and adds nothing');

select * from finish();
rollback;
