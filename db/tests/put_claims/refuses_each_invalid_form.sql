begin;
select plan(41);

-- given
select tests.organisation(1);
select tests.sign_in(tests.organisation_id(1), 'app');
-- when, then: a claim with one thing wrong
select throws_ok(
  format('select api.put_claims(jsonb_build_array(tests.claim_json(1, %L)))', f.overrides),
  'AX012', null, f.overrides
)
from (values
  ('{"id": null}'), ('{"id": "1"}'), ('{"id": "00000000-0000-4000-9000-00000000000g"}'),
  ('{"reference": null}'), ('{"reference": ""}'), ('{"reference": "-1"}'),
  ('{"reference": "t-1"}'), ('{"reference": "ABCDEFGHIJKLMNOPQRSTU"}'), ('{"reference": "A B"}'),
  ('{"kind": null}'), ('{"kind": "salary"}'),
  ('{"state": "draft"}'), ('{"state": "exported"}'),
  ('{"claimant": null}'), ('{"claimant": {"id": "person-1"}}'),
  ('{"claimant": {"id": " ", "name": "Kari"}}'),
  ('{"currency": null}'), ('{"currency": "kr"}'),
  ('{"total": 100.50}'), ('{"total": "100.505"}'), ('{"total": "0"}'), ('{"total": "1e2"}'),
  ('{"total": "-100.50"}'), ('{"total": "100,50"}'), ('{"total": "100.51"}'),
  ('{"lines": null}'), ('{"lines": []}'), ('{"lines": {}}'), ('{"colour": "red"}')
) as f (overrides);
-- when, then: a line with one thing wrong
select throws_ok(
  format(
    'select api.put_claims(jsonb_build_array(tests.claim_json(1, %L)))',
    jsonb_build_object('lines', jsonb_build_array(
      '{"type": "toll", "date": "2026-03-02", "amount": "100.50"}'::jsonb || f.line
    ))
  ),
  'AX012', null, f.line::text
)
from (values
  ('{"type": null}'::jsonb), ('{"type": "Toll"}'), ('{"date": "2026-02-30"}'),
  ('{"date": "02.03.2026"}'), ('{"amount": 100.50}'), ('{"amount": "0.00"}'),
  ('{"quantity": "-1"}'), ('{"quantity": "1.2345"}'), ('{"vat": "25"}')
) as f (line);
-- when, then: not a list of claims
select throws_ok(format('select api.put_claims(%L)', f.claims), 'AX012', null, f.claims)
from (values ('[]'), ('{}'), ('["T-1"]')) as f (claims);

select * from finish();
rollback;
