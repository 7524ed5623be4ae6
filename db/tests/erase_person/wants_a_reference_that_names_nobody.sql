begin;
select plan(7);

-- given
select tests.organisation_with_claims(1, 1);
select tests.exported_run(1);
select tests.move_clock('73 months');
-- when, then
select throws_ok(
  format('select accounting.erase_person(tests.organisation_id(1), %L, %L)', 'person-1', r.reference),
  'AX017', null, coalesce(r.reference, 'none') || ' is refused'
)
from (values (null), (' '), ('case of PERSON-1'), ('Eksempel, 2026'), ('asked by kari')) as r (reference);
select throws_ok(
  $$ select accounting.erase_person(tests.organisation_id(2), 'person-1', 'case 17') $$,
  'AX014', null, 'an organisation that is not there is refused'
);
select accounting.erase_person(
  tests.organisation_id(1), 'person-1', 'case 17, mail of nobody@example.org'
);
select unalike(
  (select x.reference from accounting.erasures as x), '%@%', 'what looks like an address is masked'
);

select * from finish();
rollback;
