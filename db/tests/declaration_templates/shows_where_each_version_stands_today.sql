begin;
select plan(4);

-- given
select tests.organisation(1);
select tests.organisation(2);
select tests.declare(tests.organisation_id(2));
select tests.declare(tests.organisation_id());
select tests.declare(tests.organisation_id(), 3);
select accounting.put_declaration_template(tests.organisation_id(), 'nb', 'a', 'both', 'author-1');
prepare shown as
  select t.version, t.state, t.valid_from, t.valid_until
    from api.declaration_templates as t order by t.version;
-- when, then
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
select results_eq('execute shown', $$ values
  (1, 'in_force', tests.day(), tests.day(2)), (2, 'signed_off', tests.day(3), null::date), (3,
    'draft', null, null)
$$, 'before the day of version 2');
reset role;
select tests.move_clock('3 days');
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
select results_eq('execute shown', $$ values
  (1, 'superseded', tests.day(-3), tests.day(-1)), (2, 'in_force', tests.day(), null::date), (3,
    'draft', null, null)
$$, 'on that day');
select tests.sign_in(tests.organisation_id(), 'driver');
select is_empty('execute shown', 'a driver sees no drafts');
select tests.sign_in(tests.organisation_id(), 'coordinator');
select is_empty('execute shown', 'nor does a coordinator');

select * from finish();
rollback;
