begin;
select plan(2);

-- given: the claims of both organisations have the same ids
select tests.organisation_with_claims(1), tests.organisation_with_claims(2);
select tests.append(tests.organisation_id(1), 'accepted', '{1}');
-- when, then
select is(
  tests.verdict(tests.organisation_id(1), 1), 'already_exported',
  'the trail of an organisation counts for itself'
);
select is(
  tests.verdict(tests.organisation_id(2), 1), 'exportable', 'and for no other'
);

select * from finish();
rollback;
