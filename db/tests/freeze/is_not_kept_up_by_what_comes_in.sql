begin;
select plan(2);

-- given a freeze under which everything has been answered
select tests.organisation_with_claims(1, 1);
select accounting.freeze('restored');
select tests.answer_without_run('found', '{1}');

-- when another claim comes in, and is asked for
select tests.move_clock('1 h');
select tests.put_claim(tests.organisation_id(), 2);
select accounting.end_freeze();

-- then
select is((select i.frozen_at from accounting.integrations as i), null, 'the freeze is over');
select is(
  tests.verdict(tests.organisation_id(), 2), 'exportable', 'and the claim is asked for by its run'
);

select * from finish();
rollback;
