begin;
select plan(2);

-- given: a neighbour was booked, another refused; claim 3 was in no run
select tests.organisation_with_claims(1, 3);
select tests.append(tests.organisation_id(1), 'accepted', '{1}');
select tests.append(tests.organisation_id(1), 'rejected', '{2}');
-- when, then
select is(
  tests.verdict(tests.organisation_id(1), 3), 'exportable',
  'acceptance 6: the guard does not block claims that were in no run'
);
select is(
  tests.verdict(tests.organisation_id(1), 2), 'exportable',
  'nor one that a run asked for in vain'
);

select * from finish();
rollback;
