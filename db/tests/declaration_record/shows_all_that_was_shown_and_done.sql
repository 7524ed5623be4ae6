begin;
select plan(6);

-- given
select tests.organisation(1);
select tests.organisation(2);
select tests.set_rule(tests.organisation_id(), 'once');
select tests.declare(tests.organisation_id(), 0, 'nb', 'both');
select tests.put_claim(tests.organisation_id(), 1);
select tests.acknowledge(tests.organisation_id(), 'person-1', 'Kari');
select tests.move_clock('10 days');
select accounting.withdraw_acknowledgement(tests.organisation_id(), 'person-1');
select tests.acknowledge(tests.organisation_id(), 'person-1', 'Kari E.');
update accounting.declaration_texts set content = null, typed_name = null,
  erased_at = accounting.clock() where act_no = 3;
-- when, then
select tests.sign_in(tests.organisation_id(), 'auditor');
select results_eq(
  $$ select act, version, way_of_acknowledging, content, is_hash_right, typed_name,
    erased_at is not null,
      signed_off_by, sign_off_reference, counts_until
    from api.declaration_record('person-1', null, null) $$,
  $$ values
    ('acknowledged', 1, 'both', 'I, Kari Eksempel, tell nobody.', true, 'Kari', false, 'signer-1',
    'board 12/2026', tests.day(-1)),
    ('withdrawn', 1, 'both', null, null, null, false, 'signer-1', 'board 12/2026', null),
    ('acknowledged', 1, 'both', null, null, null, true, 'signer-1', 'board 12/2026', null) $$,
  'each act, the text as shown, who signed it off; also what was erased'
);
select is(
  array[
    (select count(*)::integer from api.declaration_record('person-1', tests.day(-10),
    tests.day(-10))),
    (select count(*)::integer from api.declaration_record('person-1', tests.day(-9),
    tests.day(-1))),
    (select count(*)::integer from api.declaration_record('person-1', tests.day(), tests.day())),
    (select count(*)::integer from api.declaration_record('person-2', null, null))
  ], array[1, 0, 2, 0], 'between two days, both included, and of that driver'
);
reset role;
alter table accounting.declaration_texts disable trigger erase_alone;
update accounting.declaration_texts set content = 'I promised nothing.' where act_no = 1;
select tests.sign_in(tests.organisation_id(), 'coordinator');
select is(
  (select is_hash_right from api.declaration_record('person-1', null, null) limit 1), false,
  'a text that somebody changed doesn''t fit its hash'
);
select tests.sign_in(tests.organisation_id(2), 'auditor');
select is_empty(
  $$ select * from api.declaration_record('person-1', null, null) $$,
  'another organisation sees nothing'
);
select tests.sign_in_driver(tests.organisation_id());
select throws_ok(
  $$ select * from api.declaration_record('person-1', null, null) $$, 'AX009', null,
  'nor does a driver'
);
select tests.sign_in(tests.organisation_id(), 'app');
select throws_ok(
  $$ select * from api.declaration_record('person-1', null, null) $$, 'AX009', null,
  'nor the app'
);

select * from finish();
rollback;
