begin;
select plan(5);

-- given
select tests.organisation(1);
select tests.switch_honoraria(tests.organisation_id());
select tests.declare(tests.organisation_id());
select tests.honorarium(tests.organisation_id(), 1);
select tests.acknowledge(tests.organisation_id());
select tests.exported_run(1);
select tests.move_clock('73 months');
-- when, then
select is(
  (accounting.judge_declaration_erasure(tests.organisation_id(), 'person-1')).hindrance,
  'declaration_proves_honoraria', 'while an honorarium is somebody''s, so is its evidence'
);
select is(
  accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17') #- '{erased}',
  '{"left": [{"hindrance": "declaration_counts", "claim_count": 0, "references": [],
    "free_at": null, "words": "1 act of a declaration, which still counts: it is not withdrawn"}]}',
  'one that still counts stays when the claims go'
);
select accounting.withdraw_acknowledgement(tests.organisation_id(), 'person-1');
select is(
  tests.error_of($$ select accounting.erase_person(tests.organisation_id(1), 'person-1', 'case 17') $$)
    ->> 'detail',
  format('2 acts of a declaration, to be kept until %s',
    ((accounting.clock() at time zone 'Europe/Oslo')::date + interval '72 months')::date),
  'withdrawn, it is kept for as long as the organisation says'
);
select is(
  accounting.erase_expired_declarations(tests.organisation_id(1), 'yearly tidying') ->> 'act_count',
  '0', 'also by its age'
);
select tests.move_clock('73 months');
select is(
  accounting.erase_expired_declarations(tests.organisation_id(1), 'yearly tidying'),
  '{"act_count": 2, "after": null}', 'then it goes'
);

select * from finish();
rollback;
