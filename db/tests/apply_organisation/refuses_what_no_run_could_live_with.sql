begin;
select plan(16);

-- given
select tests.organisation(1, 'xledger');
create temporary table stored as select to_jsonb(i) as before from accounting.integrations as i;
-- when, then
select throws_ok(
  format('select tests.organisation(1, ''xledger'', %L)', f.overrides), 'AX010', null, f.overrides
)
from (values
  ('{"lease_ms": 5000}'), ('{"lease_ms": 5999}'), ('{"quarantine_ms": 30000}'),
  ('{"quarantine_ms": "soon"}'), ('{"max_attempts": 0}'), ('{"base_delay_ms": 9000}'),
  ('{"max_concurrency": 0}'), ('{"send_timeout_ms": 10}'), ('{"max_delay_ms": 99999999999}'),
  ('{"endpoint": "ledger.example"}'), ('{"endpoint": "https://user:secret@ledger.example/"}'),
  ('{"endpoint": null}'), ('{"credential_ref": "A secret!"}'), ('{"system": "visma"}'),
  ('{"is_enabled": "perhaps"}')
) as f (overrides);
select results_eq(
  'select to_jsonb(i) from accounting.integrations as i', 'select before from stored',
  'nothing was changed by any of them'
);

select * from finish();
rollback;
