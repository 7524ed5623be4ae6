begin;
select plan(6);

-- given
select tests.organisation(1);
select tests.declare(tests.organisation_id(), 0, 'nb', 'typed_name');
select tests.put_claim(tests.organisation_id(), 1, '{"state": "withdrawn"}');
select tests.acknowledge(tests.organisation_id(), 'person-1', 'Kari');
select tests.acknowledge(tests.organisation_id(), 'person-2', 'Per')
from tests.put_claim(tests.organisation_id(), 2, '{"claimant": {"id": "person-2", "name": "Per"}}');
create temporary table before on commit drop as
select a.act_no, a.act, a.version, a.content_sha256, a.acted_at
from accounting.declaration_acknowledgements as a where a.driver_id = 'person-1';
select tests.move_clock('1 day');
select accounting.withdraw_acknowledgement(tests.organisation_id(), 'person-1');
select tests.move_clock('73 months');
-- when
create temporary table told on commit drop as
select accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17') as told;
-- then
select is(
  (select t.told #> '{erased,declaration_act_count}' from told as t), '2', 'both acts are erased'
);
select results_eq(
  $$ select a.act_no, a.act, a.version, a.content_sha256, a.acted_at
     from accounting.declaration_acknowledgements as a
     where a.driver_id = (select 'erased-' || (t.told #>> '{erased,id}') from told as t)
       and a.act = 'acknowledged' $$,
  'select * from before',
  'what was done stays, with its hash, under the erasure''s id'
);
select results_eq(
  $$ select x.content is null, x.typed_name is null, x.driver_id like 'erased-%'
     from accounting.declaration_texts as x order by 3 $$,
  $$ values (false, false, false), (true, true, true) $$,
  'text and typed name are gone; another driver''s are there'
);
select is(
  accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17'),
  '{"erased": null, "left": []}', 'a second time nothing is left'
);
select throws_ok(
  $$ update accounting.declaration_acknowledgements set driver_id = 'person-1'
     where driver_id like 'erased-%' $$,
  'AX021', null, 'nobody is put back'
);
select throws_ok(
  $$ update accounting.declaration_acknowledgements
     set driver_id = 'erased-' || gen_random_uuid() where driver_id = 'person-2' $$,
  'AX021', null, 'nor is who may not be erased yet'
);

select * from finish();
rollback;
