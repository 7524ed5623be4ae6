begin;
select plan(4);

-- given: two wrote on it
select tests.organisation(1);
select accounting.put_declaration_template(tests.organisation_id(), 'nb', 'a', 'both',
  'organisation_admin-1');
create temp table draft as select t.* from accounting.put_declaration_template(
  tests.organisation_id(), 'nb', 'ab', 'both', 'author-2') as t;
grant select on draft to public;
prepare sign_off as select s.state, s.signed_off_by
  from draft as d, api.sign_off_declaration_template(
  d.id, d.version, d.body_sha256, d.way_of_acknowledging, 'board 12/2026') as s;
select tests.set_rule(tests.organisation_id(), 'once', true);
-- when, then
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
select throws_ok('execute sign_off', 'AX034', null, 'who wrote on it first may not sign it off');
reset role;
select throws_ok(
  $$ select accounting.sign_off_template(d.organisation_id, d.id, 1, d.body_sha256, 'both', 'x',
    'author-2')
    from draft as d $$, 'AX034', null, 'nor who wrote on it last'
);
select tests.set_rule(tests.organisation_id(), 'once', false);
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
select results_eq(
  'execute sign_off', $$ values ('signed_off', 'organisation_admin-1') $$,
  'unless the organisation demands another person, an author may'
);
select throws_ok('execute sign_off', 'AX033', null, 'and only once');

select * from finish();
rollback;
