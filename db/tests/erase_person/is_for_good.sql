begin;
select plan(8);

-- given
select tests.organisation_with_claims(1, 1);
select tests.put_claim(tests.organisation_id(1), 2, '{"state": "withdrawn"}');
select tests.exported_run(1);
select tests.move_clock('73 months');
select accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17');
-- when, then
select is(
  (select p.result from accounting.put_claims(
    tests.organisation_id(1), jsonb_build_array(tests.claim_json(1))) as p),
  'erased', 'the app may send it again, and is told'
);
select is(
  (select count(*) from accounting.claims as c where c.claimant_name is not null), 0::bigint,
  'and nothing of it is stored'
);
select throws_ok(
  format('select accounting.put_claims(tests.organisation_id(1), %L)',
    jsonb_build_array(tests.claim_json(n.no, n.changes))),
  'AX051', null, n.why
)
from (values
  (1, '{"kind": "driver_honorarium"}'::jsonb, 'another claim under its id is refused'),
  (2, '{"state": "approved"}', 'one that was withdrawn can''t be approved')
) as n (no, changes, why);
select throws_ok(s.sql, s.code, null, s.sql)
from (values
  ('update accounting.claims set claimant_name = ''X'', claimant_id = ''x'', erasure_id = null', 'AX051'),
  ('update accounting.claim_lines set text = ''X''', 'AX051'),
  ('update accounting.erasures set reference = ''X''', 'AX021'),
  ('delete from accounting.erasures where false', 'AX021')
) as s (sql, code);

select * from finish();
rollback;
