begin;
select plan(5);

-- given
select tests.organisation(1);
-- when, then
select throws_ok(
  format(
    'select tests.append(tests.organisation_id(1), %L, ''{1}'', %L)', f.outcome, f.overrides
  ),
  '23514', null, f.why
)
from (values
  ('accepted', '{"claim_ids": ["00000000-0000-4000-9000-00000000000A"]}'::jsonb,
    'claims in capitals, which the guard wouldn''t find'),
  ('accepted', '{"claim_ids": [null]}', 'a claim that is null'),
  ('accepted', '{"kind": "decision"}', 'an outcome of another kind'),
  ('accepted', '{"attempt_no": null}', 'an attempt without its number'),
  ('voided', '{"error_message": null}', 'a decision without its evidence')
) as f (outcome, overrides, why);

select * from finish();
rollback;
