begin;
select plan(4);

-- given
select tests.organisation_with_claims(1);
select tests.honorarium(tests.organisation_id(), n, '{0}',
  'person-' || n) from generate_series(2, 5) as n;
select tests.put_claim(tests.organisation_id(), 5, (
  select jsonb_build_object('kind', 'driver_honorarium', 'state', 'withdrawn', 'claimant',
    '{"id": "person-5", "name": "Kari Eksempel"}'::jsonb)));
select tests.organisation(2);
select tests.honorarium(tests.organisation_id(2), 9);
select tests.declare(tests.organisation_id());
select tests.acknowledge(tests.organisation_id(), 'person-3');
-- when, then
select tests.sign_in(tests.organisation_id(), 'coordinator');
select results_eq(
  'select driver_id, claim_id, reference, missing_on, needed_language, needed_version
    from api.missing_declarations()',
  $$ values ('person-2', tests.claim_id(2), 'T-2', tests.day(), 'nb', 1),
    ('person-4', tests.claim_id(4), 'T-4', tests.day(), 'nb', 1) $$,
  'who has not acknowledged, before honoraria are switched on too; no name, nothing withdrawn'
);
reset role;
select tests.acknowledge(tests.organisation_id(), 'person-4');
select tests.switch_honoraria(tests.organisation_id());
select tests.sign_in(tests.organisation_id(), 'organisation_admin');
select is(
  (select count(*)::integer from api.missing_declarations()), 1,
  'whoever acknowledges is gone'
);
select tests.sign_in(tests.organisation_id(2), 'coordinator');
select results_eq(
  'select driver_id, needed_version from api.missing_declarations()',
    $$ values ('person-1', null::integer) $$,
  'another organisation sees its own, and that it has no version'
);
select tests.sign_in_driver(tests.organisation_id());
select throws_ok('select * from api.missing_declarations()', 'AX009', null, 'a driver sees none');

select * from finish();
rollback;
