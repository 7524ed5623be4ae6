begin;
select plan(6);

-- given
select tests.organisation(1);
select tests.declare(tests.organisation_id());
select tests.sign_in_driver(tests.organisation_id());
select throws_ok(
  'select * from api.withdraw_acknowledgement()', 'AX040', null,
  'there is nothing to withdraw yet'
);
prepare acknowledge as select a.version from api.current_declaration() as s,
  api.acknowledge_declaration(s.template_id, s.version, s.content_sha256) as a;
execute acknowledge;
-- when
select results_eq(
  'select w.withdrawn_at, w.version from api.withdraw_acknowledgement() as w',
  'select now(), 1', 'it says what was withdrawn'
);
select tests.move_clock('1 day');
select results_eq(
  'select w.withdrawn_at from api.withdraw_acknowledgement() as w', 'select now()',
  'again is harmless'
);
select is(
  (select c.is_acknowledged from api.current_declaration() as c), false,
  'nothing counts any more'
);
execute acknowledge;
select is(
  (select c.is_acknowledged from api.current_declaration() as c), true,
  'until it is acknowledged anew'
);
reset role;
select is(
  array(select concat_ws(' ', a.act, a.channel) from accounting.declaration_acknowledgements as a
    order by a.act_no),
  array['acknowledged web', 'withdrawn', 'acknowledged web'], 'a withdrawal says nothing of where'
);

select * from finish();
rollback;
