begin;
select plan(5);

-- given
select tests.organisation_with_trail(1, 3);
select tests.organisation_with_trail(2, 5);
select tests.organisation(3);
select tests.tamper('delete from accounting.export_runs
  where seq = 4 and organisation_id = tests.organisation_id(2)');
-- when, then
select tests.sign_in(tests.organisation_id(1), 'auditor');
select results_eq(
  'select * from api.verify_audit_trail()',
  'values (true, 3::bigint, null::bigint, null::text)',
  'what somebody did to another''s is not ours'
);
reset role;
select tests.sign_in(tests.organisation_id(2), 'auditor');
select results_eq(
  'select * from api.verify_audit_trail()',
  'values (false, 4::bigint, 4::bigint, ''row 4 is missing'')', 'they are told'
);
reset role;
select tests.sign_in(tests.organisation_id(3), 'auditor');
select results_eq(
  'select * from api.verify_audit_trail()',
  'values (true, 0::bigint, null::bigint, null::text)', 'an empty trail is whole'
);
reset role;
select is(
  tests.verdict_after('update accounting.export_runs set organisation_id = tests.organisation_id(3)
    where seq = 3 and organisation_id = tests.organisation_id(1)', n),
  verdict, message
)
from (values
  (1, '3: the tail was cut off: the head says 3 rows, and rows from 3 on are missing',
    'a row that was moved to another''s trail is missed where it was'),
  (3, '1: rows 1 to 2 are missing', 'and does not fit where it is')
) as moved (n, verdict, message);

select * from finish();
rollback;
