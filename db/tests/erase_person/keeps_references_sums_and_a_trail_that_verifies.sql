begin;
select plan(7);

-- given
select tests.organisation(1);
select tests.put_claim(tests.organisation_id(1), 1, '{"lines": [{"type": "mileage",
  "date": "2026-03-02", "amount": "100.50", "quantity": "19", "text": "to the hospital"}]}');
select tests.put_claim(tests.organisation_id(1), 2, '{"claimant": {"id": "person-2", "name": "Per Sen"}}');
create temporary table given on commit drop as
select tests.exported_run(1, 2) as run_id;
create temporary table before on commit drop as
select e.input_sha256, e.batch_key, (e.frozen_input #> '{claims,1}') as other_claim
from accounting.export_requests as e;
select tests.move_clock('73 months');
-- when
create temporary table told on commit drop as
select accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17', 'ola') as told;
-- then
select is(
  (select t.told #- '{erased,id}' #- '{erased,erased_at}' from told as t),
  '{"erased": {"ground": "request", "reference": "case 17", "erased_by": "ola",
    "retention_months": 72, "claim_count": 1, "line_text_count": 1, "input_count": 1,
    "file_count": 0, "declaration_act_count": 0}, "left": []}',
  'what was erased is counted, and nothing is left'
);
select results_eq(
  $$ select c.claimant_id, c.claimant_name, c.reference, c.total, c.erasure_id::text
     from accounting.claims as c order by c.id $$,
  $$ values (null, null, 'T-1', 100.50, (select t.told #>> '{erased,id}' from told as t)),
     ('person-2', 'Per Sen', 'T-2', 100.50, null) $$
);
select results_eq(
  $$ select l.text, l.type, l.amount from accounting.claim_lines as l
     where l.claim_id = tests.claim_id(1) $$,
  $$ values (null::text, 'mileage', 100.50) $$,
  'the line keeps its sum and loses its text'
);
select is(
  (select e.frozen_input #> '{claims,0}' from accounting.export_requests as e),
  (
    select jsonb_build_object('claim_id', tests.claim_id(1)) || '{"reference": "T-1",
      "kind": "travel_expense", "claimant_id": "", "claimant_name": "", "currency": "NOK",
      "total": "100.50", "lines": [{"line_no": 1, "type": "mileage", "date": "2026-03-02",
      "amount": "100.50", "quantity": "19.000", "text": null}]}'::jsonb
  ),
  'what was frozen of the claim keeps all that the ledger is compared with'
);
select results_eq(
  $$ select e.input_sha256, e.batch_key, e.frozen_input #> '{claims,1}', e.state
     from accounting.export_requests as e $$,
  $$ select b.input_sha256, b.batch_key, b.other_claim, 'exported' from before as b $$,
  'the hash of what was frozen, the key and other persons'' claims stay'
);
select is(
  (select v.is_valid from accounting.verify_trail_of(tests.organisation_id(1)) as v), true,
  'the trail verifies'
);
select is(
  accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17'),
  '{"erased": null, "left": []}',
  'a second time nothing is left'
);

select * from finish();
rollback;
